/** Method with which the other components of a process are told that it leads. */
export const LEAD = 'lead';

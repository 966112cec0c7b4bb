/** Id of the element of the page as one file that holds the lesson it opens. */
export const CARRIED_ID = 'drydock-lesson';

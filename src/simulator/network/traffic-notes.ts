/** Verbs with which the trace tells of requests that somebody sends: one, the first that fails, and the end of all. */
export const REQUEST = 'request';
export const REQUESTS_FAIL = 'requests fail';
export const REQUESTS_ENDED = 'requests ended';

/** Method with which a load begins that goes on until it is over, and that with which it ends. */
export const LOAD = 'load';
export const LOAD_OVER = 'load-over';

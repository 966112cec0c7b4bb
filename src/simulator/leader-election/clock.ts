/** Method with which a clock is set wrong, or goes at another pace. */
export const CLOCK = 'clock';

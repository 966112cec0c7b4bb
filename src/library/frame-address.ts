/** Where the page of Drydock lies that a component shows: one file, beside this module. Bundlers take it along. */
export const FRAME_ADDRESS: string = new URL('./drydock.html', import.meta.url).href;

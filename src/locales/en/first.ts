import { canvas } from './canvas.ts';
import { shell } from './shell.ts';

/** The English sentences that the first picture and its canvas need, by area. */
export const first = {
  canvas,
  shell,
};

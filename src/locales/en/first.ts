import { canvas } from './canvas.ts';
import { importing } from './importing.ts';
import { manifest } from './manifest.ts';
import { references } from './references.ts';
import { shell } from './shell.ts';

/** The English sentences that the first picture and its canvas need, by area. */
export const first = {
  canvas,
  importing,
  manifest,
  references,
  shell,
};

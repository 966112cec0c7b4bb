import type { first as en } from '../en/first.ts';
import type { Translation } from '../ids.ts';
import { canvas } from './canvas.ts';
import { shell } from './shell.ts';

/** The same in simplified Chinese: what the first picture and its canvas need, by area. One that is missing does not compile. */
export const first: { readonly [Area in keyof typeof en]: Translation<(typeof en)[Area]> } = {
  canvas,
  shell,
};

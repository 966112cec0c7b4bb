import { canvas } from './canvas.ts';
import { commands } from './commands.ts';
import { connections } from './connections.ts';
import { importing } from './importing.ts';
import { manifest } from './manifest.ts';
import { references } from './references.ts';
import { refusals } from './refusals.ts';
import { shell } from './shell.ts';

/** The English sentences that the first picture and its canvas need, by area. */
export const first = {
  canvas,
  commands,
  connections,
  importing,
  manifest,
  references,
  refusals,
  shell,
};

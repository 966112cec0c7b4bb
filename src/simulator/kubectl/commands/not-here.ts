import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';

/** Commands that want a computer of one's own, and what to do instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  cp: 'cp copies files of your own computer, which is not part of the simulation',
};

export const NOT_HERE: readonly KubectlCommand[] = Object.entries(INSTEAD).map(([name, sentence]) => ({
  name,
  flags: {},
  takesAnyFlags: true as const,
  run() {
    throw new KubectlError(`error: ${sentence}`);
  },
}));

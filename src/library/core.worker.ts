import { compare, exportManifests, findReferences, readManifests, simulate, validate } from './core.ts';
import type { Core } from './core-types.ts';
import type { CoreAnswer, CoreQuestion } from './core-thread.ts';

/** What the thread can be asked; each gets what it takes. */
const FUNCTIONS: Readonly<Record<keyof Core, (...given: never[]) => unknown>> = {
  compare,
  exportManifests,
  findReferences,
  readManifests,
  simulate,
  validate,
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
const answer = (message: CoreAnswer): void => self.postMessage(message);

self.addEventListener('message', async ({ data }: MessageEvent<CoreQuestion>) => {
  const { ticket, name, values } = data;
  try {
    answer({ ticket, ok: true, value: await FUNCTIONS[name](...(values as never[])) });
  } catch (error) {
    answer({ ticket, ok: false, message: error instanceof Error ? error.message : String(error) });
  }
});

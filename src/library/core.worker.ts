import * as core from './core.ts';
import type { CoreAnswer, CoreQuestion } from './core-thread.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
const answer = (message: CoreAnswer): void => self.postMessage(message);

self.addEventListener('message', async ({ data }: MessageEvent<CoreQuestion>) => {
  const { ticket, name, values } = data;
  try {
    const ask: (...given: never[]) => unknown = core[name];
    answer({ ticket, ok: true, value: await ask(...(values as never[])) });
  } catch (error) {
    answer({ ticket, ok: false, message: error instanceof Error ? error.message : String(error) });
  }
});

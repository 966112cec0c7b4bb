import { preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { hashesOf } from './play-run.ts';
import type { RandomRun } from './random-run.ts';

self.addEventListener('message', ({ data }: MessageEvent<readonly RandomRun[]>) => {
  preloadKinds()
    .then(() => self.postMessage(data.map(hashesOf)))
    .catch((error: unknown) => self.postMessage(String(error)));
});

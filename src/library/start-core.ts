import type { Core } from './core-types.ts';
import type { CoreAnswer, CoreQuestion } from './core-thread.ts';

export interface CoreInThread extends Core {
  /** Ends the thread; what it was still asked fails. */
  end(): void;
}

/** The same functions in a worker of their own, so that a page goes on while a cluster is simulated. Only in browsers. */
export function startCore(): CoreInThread {
  const worker = new Worker(new URL('./core.worker.js', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const failAll = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<CoreAnswer>) => {
    const asked = waiting.get(data.ticket);
    waiting.delete(data.ticket);
    if (data.ok) asked?.resolve(data.value);
    else asked?.reject(new Error(data.message));
  });
  worker.addEventListener('error', ({ message }) => failAll(message || 'The thread of Drydock failed.'));
  let last = 0;
  const ask =
    <Values extends readonly unknown[], Result>(name: keyof Core) =>
    (...values: Values): Promise<Result> =>
      new Promise((resolve, reject) => {
        const question: CoreQuestion = { ticket: ++last, name, values };
        // The thread runs the function of that name.
        waiting.set(last, { resolve: (value) => resolve(value as Result), reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
        worker.postMessage(question);
      });
  return {
    readManifests: ask('readManifests'),
    findReferences: ask('findReferences'),
    validate: ask('validate'),
    exportManifests: ask('exportManifests'),
    compare: ask('compare'),
    simulate: ask('simulate'),
    end() {
      worker.terminate();
      failAll('The thread of Drydock has ended.');
    },
  };
}

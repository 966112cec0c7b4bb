import type { TrialPort } from './experiment/pool.ts';
import type { FromTrialThread } from './experiment/thread.ts';
import type { Comparer, DesignComparison } from './workspace/compare/designs.ts';

/** A thread of this page that runs trials of an experiment. */
export function openTrials(): TrialPort {
  const thread = new Worker(new URL('./experiment.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => thread.postMessage(message),
    listen: (take) => {
      thread.onmessage = ({ data }: MessageEvent<FromTrialThread>) => take(data);
      thread.onerror = ({ message }) => take({ type: 'failed', index: undefined, message });
    },
    end: () => thread.terminate(),
  };
}

/** A thread of this page that compares designs, one pair after the other. */
export function openComparer(): Comparer {
  const thread = new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' });
  return {
    compare: (designs) =>
      new Promise((resolve, reject) => {
        thread.onmessage = ({ data }: MessageEvent<DesignComparison>) => resolve(data);
        thread.onerror = ({ message }) => reject(new Error(message));
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
        thread.postMessage(designs);
      }),
    end: () => thread.terminate(),
  };
}

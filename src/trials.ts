import type { TrialPort } from './experiment/pool.ts';
import type { FromTrialThread } from './experiment/thread.ts';

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

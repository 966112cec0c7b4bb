import type { TrialPort } from './pool.ts';
import type { FromTrialThread } from './thread.ts';
import { TrialThread } from './thread.ts';

/** A thread that is none: trials run where they are asked for, one after the other. For where no thread can be started. */
export function trialsHere(): TrialPort {
  let take: ((message: FromTrialThread) => void) | undefined;
  const thread = new TrialThread((message) => take?.(message));
  return {
    post: (message) => thread.receive(message),
    listen: (taker) => (take = taker),
    end: () => (take = undefined),
  };
}

import type { ComponentId } from '../component.ts';
import type { ApiRequest } from '../messages.ts';
import { respondRefusal } from './respond.ts';
import { tooLargeResourceVersion } from './status.ts';
import type { Server } from './state.ts';

/** Name of the timer with which a read waits for the cache. */
export const FRESH = 'fresh';

/**
 * Reads from the cache once it is as new as a client wants; who asks for what is not there yet waits a while (the whole
 * request is read again), then is told so.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/watch_cache.go `waitUntilFreshAndBlock`, 1.36.
 */
export function whenFresh(
  server: Server,
  from: ComponentId,
  request: ApiRequest,
  revision: number,
  read: () => void,
): void {
  const { state, context } = server;
  if (state.revision >= revision) return read();
  const key = `${from}/${request.id}`;
  const untilMs = state.waiting.get(key)?.untilMs ?? context.nowMs + context.numbers.apiServer.freshnessTimeoutMs;
  if (context.nowMs >= untilMs) {
    state.waiting.delete(key);
    return respondRefusal(server, from, request, tooLargeResourceVersion(revision, state.revision));
  }
  if (!state.waiting.has(key)) context.timer(untilMs - context.nowMs, FRESH, key);
  state.waiting.set(key, Object.freeze({ from, request, revision, untilMs }));
}

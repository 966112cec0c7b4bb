import type { TraceDetail } from '../kernel/trace.ts';
import type { Server, Watcher } from './state.ts';
import { isUnselected, tell } from './watchers.ts';

/** Name of the timer with which all watches are told how far they have seen. */
export const BOOKMARK = 'bookmark';
/** A message that was sent longer ago has arrived. */
const ARRIVED_MS = 1000;

/**
 * Tells those who want it up to which revision they have seen everything, so that they can go on from there. Where
 * heartbeats are told together, so are bookmarks; who was told something just now is told the next time.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go `dispatchEvents`, 1.36.
 */
export function sendBookmarks(server: Server): void {
  const { state, context } = server;
  const { revision } = state;
  const detail: TraceDetail = { class: 'watch', verb: 'BOOKMARK', resourceVersion: String(revision) };
  const together: { readonly watcher: Watcher; readonly told: Told }[] = [];
  for (const [key, { all, byNode, byName }] of state.watchers) {
    const view = state.caches.get(key)?.view.at(revision);
    for (const watchers of [all, ...byNode.values(), ...byName.values()])
      for (const watcher of watchers.values()) {
        if (!watcher.bookmarks) continue;
        const isWhole = view !== undefined && isUnselected(watcher) && watcher.version === undefined;
        const told = { events: [], revision, ...(isWhole ? { view } : {}) };
        if (state.settings.beatsTogether !== true || !context.reaches(watcher.to)) tell(server, watcher, told, detail);
        else if (context.nowMs - watcher.sentAtMs >= ARRIVED_MS) together.push({ watcher, told });
      }
  }
  if (together.length === 0) return;
  context.cause = context.note({ ...detail, detail: { bookmarks: together.length } });
  for (const { watcher, told } of together) {
    watcher.sentAtMs = context.nowMs;
    context.handOver(watcher.to, { type: 'watch', id: watcher.id, number: ++watcher.sent, ...told });
  }
}

type Told = Parameters<typeof tell>[2];

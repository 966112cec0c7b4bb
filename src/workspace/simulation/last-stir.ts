import { stringAt } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { levelOf } from '../../simulator/story/log-entry.ts';
import { partOf } from '../../simulator/story/traffic-steps.ts';

/**
 * The newest entry that is no heartbeat, no probe, and nothing that members of etcd say to each other: after it nothing
 * happened but what happens for ever.
 */
export function lastStir(entries: readonly TraceEntry[]): TraceEntry {
  return (
    entries.findLast(
      (entry) =>
        levelOf(entry, (seq) => entries[seq - 1]) < 2 &&
        !isOneOfMany(entry, entries) &&
        !STEADY.has(entry.class) &&
        !(entry.class === 'watch' && !NEWS.has(entry.verb)) &&
        !isRepeated(entry, entries) &&
        !isHeartbeat(requestBehind(entry, entries)),
    ) ?? entries.at(-1)!
  );
}

/** Requests at a rate may go on for ever; that they begin to fail, and end, is told. */
function isOneOfMany(entry: TraceEntry, entries: readonly TraceEntry[]): boolean {
  return entry.class === 'packet' && partOf(entry, (seq) => entries[seq - 1]) !== 'told';
}

/** What watchers are told of objects and keys; that a watch is opened anew, as each is after some minutes, tells nothing. */
const NEWS: ReadonlySet<string> = new Set(['ADDED', 'MODIFIED', 'DELETED', 'PUT', 'DELETE']);

const STEADY: ReadonlySet<TraceEntry['class']> = new Set(['probe', 'raft']);

/** The request that led to a write, to what watchers are told of it, or to its answer; the entry itself where none did. */
function requestBehind(entry: TraceEntry, entries: readonly TraceEntry[]): TraceEntry {
  for (let at: TraceEntry | undefined = entry; at !== undefined; at = entries[at.cause - 1]) {
    const isServer = at.from.startsWith('kube-apiserver') || at.from.startsWith('etcd');
    if (!isServer) return at;
  }
  return entry;
}

/** A kubelet says that its Node is well: its status, every few minutes. */
function isHeartbeat({ class: kind, from, object = '', detail }: TraceEntry): boolean {
  return (
    kind === 'request' &&
    from.startsWith('kubelet/') &&
    object.startsWith('Node/') &&
    stringAt(detail, 'path')?.includes('/status') === true
  );
}

/** How far back the beginning of something that is repeated may lie, in causes. */
const MOST_CAUSES = 6;

/** API servers tell etcd that they live, and metrics-server asks what is used, again and again. */
function isRepeated(entry: TraceEntry, entries: readonly TraceEntry[]): boolean {
  let at: TraceEntry | undefined = entry;
  for (let back = 0; at !== undefined && back < MOST_CAUSES; back++) {
    if (at.from === 'metrics-server' || stringAt(at.detail, 'key')?.startsWith('/registry/masterleases/') === true)
      return true;
    at = entries[at.cause - 1];
  }
  return false;
}

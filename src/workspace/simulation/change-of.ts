import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import type { Change } from './questions.ts';

/**
 * What a step writes, tells or answers of an object, beside the object as it was before: by the write into etcd that the
 * step belongs to. Undefined for a step that belongs to none.
 */
export function changeOf(entries: readonly TraceEntry[], seq: number): Change | undefined {
  const entry = entries[seq - 1];
  const at = entry && (writtenBy(entries, entry) ?? writtenFor(entries, entry));
  if (at === undefined) return undefined;
  const write = entries[at]!;
  const isGone = stringAt(write.detail, 'op') === 'delete';
  return { before: before(entries, at), after: isGone ? undefined : objectIn(write.body) };
}

/** Index of the write that led to a step, or that it is. */
function writtenBy(entries: readonly TraceEntry[], entry: TraceEntry): number | undefined {
  if (entry.class === 'internal') return undefined;
  for (let one: TraceEntry | undefined = entry; one !== undefined; one = entries[one.cause - 1]) {
    if (one.verb === 'Txn' && one.class === 'request') return one.seq - 1;
    // What a component sends of its own is no part of the write that it heard of.
    if (one !== entry && one.class !== 'response' && one.class !== 'watch') return undefined;
    if (one === entry && one.class !== 'response' && one.class !== 'watch') return undefined;
  }
  return undefined;
}

/** How far after a request its write is looked for. */
const LOOK_AHEAD = 2000;

/** Index of the write that the API server does for a request, after its gates. */
function writtenFor(entries: readonly TraceEntry[], request: TraceEntry): number | undefined {
  if (request.class !== 'request' || request.verb === 'GET') return undefined;
  const own = new Set([request.seq]);
  const last = Math.min(entries.length, request.seq + LOOK_AHEAD);
  for (let at = request.seq; at < last; at++) {
    const entry = entries[at]!;
    if (!own.has(entry.cause)) continue;
    if (entry.verb === 'Txn') return at;
    // Its gates, and what the server reads first.
    if (entry.class === 'internal' || entry.verb === 'Range') own.add(entry.seq);
    else if (entry.class === 'response' && entry.to === request.from) return undefined;
  }
  return undefined;
}

/** What the key held before a write. */
function before(entries: readonly TraceEntry[], at: number): KubernetesObject | undefined {
  const key = stringAt(entries[at]!.detail, 'key');
  for (let index = at - 1; index >= 0; index--) {
    const entry = entries[index]!;
    if (entry.verb !== 'Txn' || stringAt(entry.detail, 'key') !== key) continue;
    return stringAt(entry.detail, 'op') === 'delete' ? undefined : objectIn(entry.body);
  }
  return undefined;
}

function objectIn(body: unknown): KubernetesObject | undefined {
  return isKubernetesObject(body) ? body : undefined;
}

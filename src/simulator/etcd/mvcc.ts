import type { KubernetesObject } from '../../apimachinery/object.ts';
import { SharedLog } from '../kernel/shared-log.ts';
import { SortedMap } from '../kernel/sorted-map.ts';
import type { EtcdEvent, EtcdKeyValue, EtcdTxn } from '../messages.ts';

/**
 * etcd's key space: the newest value of each key, and what changed since the last compaction. Mutable; a copy shares
 * everything until one of the two is changed.
 */
export interface KeySpace {
  revision: number;
  compactRevision: number;
  readonly newest: SortedMap<EtcdKeyValue>;
  /** Changes after `compactRevision`, oldest first. */
  readonly changes: SharedLog<Change>;
}

/** A change, and what the key was before. Never changes. */
interface Change {
  readonly event: EtcdEvent;
  readonly before: EtcdKeyValue | undefined;
}

/** A key space in which each given key was written once, in order. */
export function initialKeySpace(keys: readonly { readonly key: string; readonly value: KubernetesObject }[]): KeySpace {
  const space: KeySpace = { revision: 1, compactRevision: 0, newest: new SortedMap(), changes: new SharedLog() };
  for (const { key, value } of keys) applyTxn(space, { type: 'etcd-txn', id: 0, key, value, expectedRevision: 0 });
  return space;
}

/** A key space that is changed apart from another; the two share their values. */
export function copyKeySpace(space: KeySpace): KeySpace {
  return { ...space, newest: space.newest.copy(), changes: space.changes.copy() };
}

export interface TxnOutcome {
  readonly succeeded: boolean;
  readonly event: EtcdEvent | undefined;
  readonly found: EtcdKeyValue | undefined;
}

/** Compares the key's mod revision and writes. One revision a write; a comparison that fails writes nothing. */
export function applyTxn(space: KeySpace, { key, expectedRevision, value }: EtcdTxn): TxnOutcome {
  const before = space.newest.get(key);
  if ((before?.modRevision ?? 0) !== expectedRevision) return { succeeded: false, event: undefined, found: before };
  const modRevision = ++space.revision;
  const event: EtcdEvent = Object.freeze({ key, value, previous: before?.value, modRevision });
  space.changes.push(Object.freeze({ event, before }));
  if (value === undefined) {
    space.newest.delete(key);
    return { succeeded: true, event, found: undefined };
  }
  const found: EtcdKeyValue = Object.freeze({
    key,
    value,
    createRevision: before?.createRevision ?? modRevision,
    modRevision,
    version: (before?.version ?? 0) + 1,
  });
  space.newest.set(key, found);
  return { succeeded: true, event, found };
}

/** Keys of a range as they were at a revision; undefined where that has been compacted away. */
export function rangeAt(
  space: KeySpace,
  key: string,
  end: string | undefined,
  revision = space.revision,
): readonly EtcdKeyValue[] | undefined {
  if (revision < space.compactRevision) return undefined;
  const now = end === undefined ? single(space, key) : space.newest.range(key, end).map(([, found]) => found);
  if (revision >= space.revision) return now;
  const past = new Map(now.map((found) => [found.key, found]));
  for (let index = space.changes.length - 1; index >= 0; index--) {
    const { event, before } = space.changes.at(index)!;
    if (event.modRevision <= revision) break;
    const isInside = end === undefined ? event.key === key : event.key >= key && event.key < end;
    if (!isInside) continue;
    if (before === undefined) past.delete(event.key);
    else past.set(event.key, before);
  }
  return [...past.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function single(space: KeySpace, key: string): readonly EtcdKeyValue[] {
  const found = space.newest.get(key);
  return found === undefined ? [] : [found];
}

/** Forgets changes up to a revision; what is newest stays. */
export function compact(space: KeySpace, revision: number): void {
  space.changes.drop(space.changes.firstWhere(({ event }) => event.modRevision > revision));
  space.compactRevision = Math.max(space.compactRevision, revision);
}

/** Changes from a revision on, under a prefix; undefined where some of them are compacted away. */
export function changesSince(space: KeySpace, fromRevision: number, prefix: string): readonly EtcdEvent[] | undefined {
  if (fromRevision <= space.compactRevision) return undefined;
  const first = space.changes.firstWhere(({ event }) => event.modRevision >= fromRevision);
  return space.changes.from(first).flatMap(({ event }) => (event.key.startsWith(prefix) ? [event] : []));
}

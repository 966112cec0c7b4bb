import type { ComponentId, Context } from '../component.ts';
import type { EtcdEvent, EtcdKeyValue, EtcdRange, EtcdTxn, EtcdWatch } from '../messages.ts';
import { changesSince, rangeAt } from './mvcc.ts';
import type { KeySpace } from './mvcc.ts';

/** Somebody who is told of changes. Never changes. */
export interface Watch {
  readonly to: ComponentId;
  readonly id: number;
  readonly prefix: string;
}

/** Whoever holds a key space and answers for it. */
export interface Serving {
  space: KeySpace;
  /** By `client/watch`. */
  readonly watches: Map<string, Watch>;
  /** Its quota is used up: it takes deletions only. */
  isFull: boolean;
}

/** Method with which the quota of a member is used up, or there is room again. */
export const SPACE = 'space';

/**
 * Whether a write is refused because the quota is used up; the client is told.
 * Source: server/etcdserver/apply/apply_auth.go and api/v3rpc/quota.go, 3.6.8.
 */
export function isRefusedForSpace(
  { isFull, space }: Serving,
  from: ComponentId,
  { id, key, value }: EtcdTxn,
  context: Context,
): boolean {
  if (!isFull || value === undefined) return false;
  const { revision } = space;
  context.send(
    from,
    { type: 'etcd-result', id, succeeded: false, revision, found: [], error: 'noSpace' },
    { class: 'response', verb: 'NOSPACE', detail: { key } },
  );
  return true;
}

export function answerRange({ space }: Serving, from: ComponentId, message: EtcdRange, context: Context): void {
  const found = rangeAt(space, message.key, message.end, message.revision);
  const limited = message.limit === undefined ? found : found?.slice(0, message.limit);
  context.send(
    from,
    {
      type: 'etcd-result',
      id: message.id,
      succeeded: found !== undefined,
      revision: space.revision,
      found: limited ?? [],
      ...(limited !== undefined && found !== undefined && limited.length < found.length ? { more: true } : {}),
      ...(found === undefined ? { error: 'compacted' as const } : {}),
    },
    { class: 'response', verb: 'Range', detail: { key: message.key, revision: space.revision } },
  );
}

/** Opens a watch; what was missed goes with its answer. */
export function answerWatch(serving: Serving, from: ComponentId, message: EtcdWatch, context: Context): void {
  const { space, watches } = serving;
  const { id, prefix, fromRevision } = message;
  const missed = changesSince(space, fromRevision, prefix);
  if (missed !== undefined) watches.set(`${from}/${id}`, Object.freeze({ to: from, id, prefix }));
  // Also where nothing was missed: so the client knows that the watch is there.
  context.send(
    from,
    {
      type: 'etcd-events',
      id,
      events: missed ?? [],
      revision: space.revision,
      ...(missed === undefined ? { error: 'compacted' as const } : {}),
    },
    { class: 'watch', verb: 'WATCH', opener: from },
  );
}

export function answerTxn(
  { space }: Serving,
  from: ComponentId,
  txn: { readonly id: number; readonly key: string },
  { succeeded, found }: { readonly succeeded: boolean; readonly found: EtcdKeyValue | undefined },
  context: Context,
): void {
  context.send(
    from,
    { type: 'etcd-result', id: txn.id, succeeded, revision: space.revision, found: found === undefined ? [] : [found] },
    {
      class: 'response',
      verb: succeeded ? 'OK' : 'COMPARE FAILED',
      resourceVersion: String(space.revision),
      detail: { key: txn.key },
    },
  );
}

/** Tells a change to those who watch its key. */
export function tellWatches({ watches }: Serving, event: EtcdEvent, context: Context): void {
  for (const { to, id, prefix } of watches.values()) {
    if (!event.key.startsWith(prefix)) continue;
    context.send(
      to,
      { type: 'etcd-events', id, events: [event], revision: event.modRevision },
      {
        class: 'watch',
        verb: event.value === undefined ? 'DELETE' : 'PUT',
        opener: to,
        resourceVersion: String(event.modRevision),
        detail: { key: event.key },
      },
    );
  }
}

/** Tells changes that are all heartbeats in one message to each watch. */
export function tellHeartbeats({ watches }: Serving, all: readonly EtcdEvent[], context: Context): void {
  for (const { to, id, prefix } of watches.values()) {
    const events = all.filter(({ key }) => key.startsWith(prefix));
    const last = events.at(-1);
    if (last === undefined) continue;
    context.send(
      to,
      { type: 'etcd-events', id, events, areHeartbeats: true, revision: last.modRevision },
      {
        class: 'watch',
        verb: 'PUT',
        opener: to,
        resourceVersion: String(last.modRevision),
        detail: { heartbeats: events.length },
      },
    );
  }
}

/** The process ends, or throws away what it held: those who watch must begin anew. */
export function closeWatches({ space, watches }: Serving, context: Context, how: 'crash' | 'power'): void {
  for (const { to, id } of watches.values()) {
    const closed = { type: 'etcd-events', id, events: [], revision: space.revision, error: 'closed' } as const;
    if (how === 'power') context.notice(to, context.numbers.etcd.deadConnectionMs, closed);
    else context.send(to, closed, { class: 'watch', verb: 'CLOSED' });
  }
  watches.clear();
}

/**
 * Every key that is there, in order, as the member holds it that has come farthest; none while no member runs. For
 * looking at a run, not for components.
 */
export function newestContents(states: readonly unknown[]): readonly EtcdKeyValue[] {
  const spaces = (states as readonly Serving[]).map(({ space }) => space);
  const [newest] = spaces.toSorted((a, b) => b.revision - a.revision);
  return newest === undefined ? [] : [...newest.newest.values()];
}

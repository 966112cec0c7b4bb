import type { InitialKey } from '../bootstrap/objects.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { EtcdKeyValue, EtcdMessage, EtcdTxn } from '../messages.ts';
import { applyTxn, changesSince, compact, initialKeySpace, rangeAt } from './mvcc.ts';
import type { KeySpace } from './mvcc.ts';

interface Watch {
  readonly to: ComponentId;
  readonly id: number;
  readonly prefix: string;
}

export interface EtcdSettings {
  /** What is there when the run begins. */
  readonly initial: readonly InitialKey[];
}

export interface FoldedEtcdState {
  readonly space: KeySpace;
  readonly watches: Map<string, Watch>;
}

interface Due {
  readonly from: ComponentId;
  readonly txn: EtcdTxn;
}

/**
 * The whole etcd cluster as one component with one latency: what is left of it where a design is too large, or a lesson
 * too simple, for members that elect and replicate. Answers as a healthy cluster does.
 */
export const foldedEtcd: ComponentDefinition<FoldedEtcdState> = {
  kind: 'etcd-folded',
  start(context, settings, kept) {
    const space = (kept as KeySpace | undefined) ?? initialKeySpace((settings as EtcdSettings).initial);
    context.timer(context.numbers.apiServer.compactionIntervalMs, 'compact', space.revision, { periodic: true });
    return { space, watches: new Map() };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === 'commit') commit(state, event.data as Due, context);
      if (event.name === 'compact') forget(state, event.data as number, context);
      if (event.name === 'expire') expire(state, event.data as Expiry, context);
      return;
    }
    answer(state, event.from, event.message as EtcdMessage, context);
  },
  keeps: ({ space }) => space,
  stop({ space, watches }, context, how) {
    for (const { to, id } of watches.values()) {
      const closed = { type: 'etcd-events', id, events: [], revision: space.revision, error: 'closed' } as const;
      if (how === 'power') context.notice(to, context.numbers.etcd.deadConnectionMs, closed);
      else context.send(to, closed, { class: 'watch', verb: 'CLOSED' });
    }
  },
};

/** Every key that is there, in order; none while etcd does not run. For looking at a run, not for components. */
export function contentsOf(state: unknown): readonly EtcdKeyValue[] {
  return state === undefined ? [] : [...(state as FoldedEtcdState).space.newest.values()];
}

function answer(state: FoldedEtcdState, from: ComponentId, message: EtcdMessage, context: Context): void {
  const { space } = state;
  if (message.type === 'etcd-txn') {
    context.timer(context.numbers.etcd.fsyncMs, 'commit', { from, txn: message } satisfies Due);
  } else if (message.type === 'etcd-range') {
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
  } else if (message.type === 'etcd-watch') {
    const missed = changesSince(space, message.fromRevision, message.prefix);
    if (missed !== undefined) state.watches.set(`${from}/${message.id}`, { to: from, ...message });
    // Also where nothing was missed: so the client knows that the watch is there.
    context.send(
      from,
      {
        type: 'etcd-events',
        id: message.id,
        events: missed ?? [],
        revision: space.revision,
        ...(missed === undefined ? { error: 'compacted' as const } : {}),
      },
      { class: 'watch', verb: 'WATCH', opener: from },
    );
  }
}

function commit(state: FoldedEtcdState, { from, txn }: Due, context: Context): void {
  const { space } = state;
  const { succeeded, event, found } = applyTxn(space, txn);
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
  if (event === undefined) return;
  if (txn.ttlSeconds !== undefined) {
    const data: Expiry = { key: txn.key, modRevision: event.modRevision };
    context.timer(txn.ttlSeconds * 1000, 'expire', data, { periodic: true });
  }
  tell(state, event, context);
}

/** What was the newest revision at the last time is forgotten: history reaches back one to two intervals. */
function forget({ space }: FoldedEtcdState, revision: number, context: Context): void {
  compact(space, revision);
  context.timer(context.numbers.apiServer.compactionIntervalMs, 'compact', space.revision, { periodic: true });
}

interface Expiry {
  readonly key: string;
  readonly modRevision: number;
}

/** A lease ends: the key goes, unless it was written again since. */
function expire(state: FoldedEtcdState, { key, modRevision }: Expiry, context: Context): void {
  const outcome = applyTxn(state.space, {
    type: 'etcd-txn',
    id: 0,
    key,
    expectedRevision: modRevision,
    value: undefined,
  });
  if (outcome.event !== undefined) tell(state, outcome.event, context);
}

function tell(
  state: FoldedEtcdState,
  event: NonNullable<ReturnType<typeof applyTxn>['event']>,
  context: Context,
): void {
  for (const watch of state.watches.values()) {
    if (!event.key.startsWith(watch.prefix)) continue;
    context.send(
      watch.to,
      { type: 'etcd-events', id: watch.id, events: [event], revision: event.modRevision },
      {
        class: 'watch',
        verb: event.value === undefined ? 'DELETE' : 'PUT',
        opener: watch.to,
        resourceVersion: String(event.modRevision),
        detail: { key: event.key },
      },
    );
  }
}

import type { InitialKey } from '../bootstrap/objects.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { EtcdHeartbeats, EtcdMessage, EtcdTxn } from '../messages.ts';
import { RESTORE, SNAPSHOT, answerSnapshot, restoredSpace } from './backup.ts';
import { applyTxn, compact, initialKeySpace } from './mvcc.ts';
import type { KeySpace } from './mvcc.ts';
import {
  SPACE,
  answerRange,
  answerTxn,
  answerWatch,
  closeWatches,
  isRefusedForSpace,
  tellHeartbeats,
  tellWatches,
} from './serving.ts';
import type { Serving } from './serving.ts';

export interface EtcdSettings {
  /** What is there when the run begins. */
  readonly initial: readonly InitialKey[];
}

interface FoldedEtcdState extends Serving {
  space: KeySpace;
  /** How much slower its disk is than a good one. */
  slowness: number;
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
    return { space, watches: new Map(), slowness: 1, isFull: false };
  },
  handle(state, event, context) {
    if (event.type === 'timer') {
      if (event.name === 'commit') commit(state, event.data as Due, context);
      if (event.name === 'beat') commitHeartbeats(state, event.data as EtcdHeartbeats, context);
      if (event.name === 'compact') forget(state, event.data as number, context);
      if (event.name === 'expire') expire(state, event.data as Expiry, context);
      return;
    }
    const { from, message } = event;
    if (message.type === 'call' && message.method === SNAPSHOT) answerSnapshot(state, from, message, context);
    else if (message.type === 'call' && message.method === RESTORE)
      state.space = restoredSpace(message.parameters['space'] as KeySpace, {
        bumpRevision: Number(message.parameters['bumpRevision']),
        markCompacted: message.parameters['markCompacted'] === true,
      });
    else if (message.type === 'call' && message.method === SPACE) state.isFull = message.parameters['isFull'] === true;
    else if (message.type === 'call') state.slowness = Number(message.parameters['slowness'] ?? 1);
    else answer(state, from, message as EtcdMessage, context);
  },
  keeps: ({ space }) => space,
  stop: closeWatches,
};

function answer(state: FoldedEtcdState, from: ComponentId, message: EtcdMessage, context: Context): void {
  if (message.type === 'etcd-txn' && isRefusedForSpace(state, from, message, context)) return;
  if (message.type === 'etcd-txn')
    context.timer(context.numbers.etcd.fsyncMs * state.slowness, 'commit', { from, txn: message } satisfies Due);
  else if (message.type === 'etcd-heartbeats' && !state.isFull)
    context.timer(context.numbers.etcd.fsyncMs * state.slowness, 'beat', message);
  else if (message.type === 'etcd-range') answerRange(state, from, message, context);
  else if (message.type === 'etcd-watch') answerWatch(state, from, message, context);
}

function commit(state: FoldedEtcdState, { from, txn }: Due, context: Context): void {
  const outcome = applyTxn(state.space, txn);
  const { event } = outcome;
  answerTxn(state, from, txn, outcome, context);
  if (event === undefined) return;
  if (txn.ttlSeconds !== undefined) {
    const data: Expiry = { key: txn.key, modRevision: event.modRevision };
    context.timer(txn.ttlSeconds * 1000, 'expire', data, { periodic: true });
  }
  tellWatches(state, event, context);
}

/** What was written meanwhile is left as it is: the next heartbeat finds it. */
function commitHeartbeats(state: FoldedEtcdState, { txns }: EtcdHeartbeats, context: Context): void {
  const events = txns.flatMap((txn) => applyTxn(state.space, { type: 'etcd-txn', id: 0, ...txn }).event ?? []);
  tellHeartbeats(state, events, context);
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
  const deletion = { type: 'etcd-txn', id: 0, key, expectedRevision: modRevision, value: undefined } as const;
  const { event } = applyTxn(state.space, deletion);
  if (event !== undefined) tellWatches(state, event, context);
}

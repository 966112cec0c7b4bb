import type { Context } from '../component.ts';
import { membersChanged } from './membership.ts';
import type { Command, MemberState } from './member-state.ts';
import { applyTxn, compact } from './mvcc.ts';
import type { Entry } from './raft/types.ts';
import { propose } from './propose.ts';
import { answerTxn, tellWatches } from './serving.ts';

/** Name of the timer with which a lease ends. */
export const EXPIRE = 'expire';

/** Does what the group has agreed on. */
export function apply(state: MemberState, { data }: Entry, context: Context): void {
  if (data === undefined) return;
  const command = data as Command;
  if (command.type === 'compact') return compact(state.space, command.revision);
  if (command.type === 'member') return membersChanged(state, command.change, context);
  const { txn, from, member, atMs } = command;
  const outcome = applyTxn(state.space, txn);
  const { event } = outcome;
  if (member === context.self && state.proposed.delete(`${from}/${txn.id}`))
    answerTxn(state, from, txn, outcome, context);
  if (event === undefined) return;
  if (txn.ttlSeconds !== undefined) {
    const endsMs = atMs + txn.ttlSeconds * 1000;
    state.leases.set(txn.key, Object.freeze({ modRevision: event.modRevision, endsMs }));
    context.timer(Math.max(1, endsMs - context.nowMs), EXPIRE, undefined, { periodic: true });
  }
  tellWatches(state, event, context);
}

/** The leader ends the leases that are over. Source: server/lease/lessor.go, 3.6.8. */
export function expire(state: MemberState, context: Context): void {
  for (const [key, { modRevision, endsMs }] of state.leases) {
    if (endsMs > context.nowMs) continue;
    state.leases.delete(key);
    const txn = { type: 'etcd-txn', id: 0, key, expectedRevision: modRevision, value: undefined } as const;
    propose(state, { type: 'txn', member: '', from: '', txn, atMs: context.nowMs });
  }
}

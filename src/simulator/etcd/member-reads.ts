import type { ComponentId, Context } from '../component.ts';
import type { EtcdRange } from '../messages.ts';
import type { MemberState } from './member-state.ts';
import { step } from './raft/step.ts';
import { messageOf } from './raft/types.ts';
import { answerRange } from './serving.ts';

/** Reads of the past and of now alike must have seen everything that was committed when they came. */
export function read(state: MemberState, from: ComponentId, message: EtcdRange, context: Context): void {
  state.reads.push({ cause: context.cause, from, message });
  if (state.asked.size === 0) askToRead(state, context);
}

/** One question for all reads that have gathered. Source: v3_server.go `linearizableReadLoop`. */
export function askToRead({ raft, reads, asked }: MemberState, context: Context): void {
  if (reads.length === 0 || raft.lead === 0) return;
  const key = `${context.self}/${context.next('read')}`;
  asked.set(key, Object.freeze(reads.splice(0)));
  step(raft, messageOf({ type: 'MsgReadIndex', from: raft.config.id, context: key }));
}

/**
 * Answers the reads that may be answered by now. Several are asked for together, and what lets them be answered may have
 * come for another: each answer is led to by its own request.
 */
export function answerReads(state: MemberState, context: Context): void {
  const { due, raft } = state;
  if (due.length === 0) return;
  const { cause } = context;
  const isReady = ({ index }: { readonly index: number }): boolean => index <= raft.log.applied;
  state.due = due.filter((batch) => !isReady(batch));
  for (const read of due.filter(isReady).flatMap(({ reads }) => reads)) {
    context.cause = read.cause;
    answerRange(state, read.from, read.message, context);
  }
  context.cause = cause;
}

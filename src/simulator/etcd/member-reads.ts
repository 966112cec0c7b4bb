import type { ComponentId, Context } from '../component.ts';
import type { EtcdRange } from '../messages.ts';
import type { MemberState } from './member-state.ts';
import { step } from './raft/step.ts';
import { messageOf } from './raft/types.ts';
import { answerRange } from './serving.ts';

/** Reads of the past and of now alike must have seen everything that was committed when they came. */
export function read(state: MemberState, from: ComponentId, message: EtcdRange, context: Context): void {
  state.reads.push({ from, message });
  if (state.asked.size === 0) askToRead(state, context);
}

/** One question for all reads that have gathered. Source: v3_server.go `linearizableReadLoop`. */
export function askToRead({ raft, reads, asked }: MemberState, context: Context): void {
  if (reads.length === 0 || raft.lead === 0) return;
  const key = `${context.self}/${context.next('read')}`;
  asked.set(key, Object.freeze(reads.splice(0)));
  step(raft, messageOf({ type: 'MsgReadIndex', from: raft.config.id, context: key }));
}

/** Answers the reads that may be answered by now. */
export function answerReads(state: MemberState, context: Context): void {
  const { due, raft } = state;
  for (let at = 0; at < due.length;) {
    const { index, reads } = due[at]!;
    if (index > raft.log.applied) {
      at++;
      continue;
    }
    due.splice(at, 1);
    for (const { from, message } of reads) answerRange(state, from, message, context);
  }
}

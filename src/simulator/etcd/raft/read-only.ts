import type { Raft } from './raft.ts';
import { majorityOf } from './quorum.ts';
import { broadcastHeartbeat, send } from './raft.ts';
import type { Message } from './types.ts';

/**
 * Reads that are answered with the index up to which the reader must have applied: a majority must first say that the
 * leader is still the leader.
 * Source: github.com/etcd-io/raft v3.6.0, read_only.go and raft.go `sendMsgReadIndexResponse`.
 */
export function addRead(raft: Raft, request: Message): void {
  const { log, config, reads } = raft;
  const { context } = request;
  if (config.readOnly === 'lease-based') return answerRead(raft, request, log.committed);
  if (!reads.has(context)) reads.set(context, { request, index: log.committed, acks: new Set([config.id]) });
  broadcastHeartbeat(raft, context);
}

/** Context of the newest read that waits; '' for none. */
export function lastReadContext({ reads }: Raft): string {
  return [...reads.keys()].at(-1) ?? '';
}

/** A member has answered the heartbeat of a read: that read is good, and all that came before it. */
export function receiveReadAck(raft: Raft, { from, context }: Message): void {
  const { reads, config } = raft;
  const read = reads.get(context);
  if (read === undefined) return;
  read.acks.add(from);
  const votes = config.voters.filter((id) => read.acks.has(id)).length;
  if (votes < majorityOf(config)) return;
  for (const [key, { request, index }] of reads) {
    reads.delete(key);
    answerRead(raft, request, index);
    if (key === context) return;
  }
}

export function answerRead(raft: Raft, { from, context }: Message, index: number): void {
  if (from === 0 || from === raft.config.id) raft.readStates.push({ index, context });
  else send(raft, { to: from, type: 'MsgReadIndexResp', index, context });
}

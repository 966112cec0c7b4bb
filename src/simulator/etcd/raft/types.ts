/**
 * The values of the Raft algorithm, as etcd's library has them. All plain data.
 * Source: github.com/etcd-io/raft v3.6.0, raftpb/raft.proto.
 */

/** An entry of the log. `data` is undefined for the empty entry with which a leader begins its term. */
export interface Entry {
  readonly term: number;
  readonly index: number;
  readonly data: unknown;
}

/** All entries up to an index, as what they have led to. */
export interface Snapshot {
  readonly index: number;
  readonly term: number;
  /** What the state machine is then; whoever sends the message puts it in. */
  readonly data?: unknown;
}

export type MessageType =
  | 'MsgHup'
  | 'MsgBeat'
  | 'MsgProp'
  | 'MsgApp'
  | 'MsgAppResp'
  | 'MsgVote'
  | 'MsgVoteResp'
  | 'MsgSnap'
  | 'MsgHeartbeat'
  | 'MsgHeartbeatResp'
  | 'MsgUnreachable'
  | 'MsgSnapStatus'
  | 'MsgCheckQuorum'
  | 'MsgTransferLeader'
  | 'MsgTimeoutNow'
  | 'MsgReadIndex'
  | 'MsgReadIndexResp'
  | 'MsgPreVote'
  | 'MsgPreVoteResp'
  | 'MsgForgetLeader';

/** Members are numbered from 1; 0 is nobody. */
export type MemberId = number;

/** What members tell each other, and what a member tells itself. Numbers that say nothing are 0. */
export interface Message {
  readonly type: MessageType;
  readonly from: MemberId;
  readonly to: MemberId;
  readonly term: number;
  readonly logTerm: number;
  readonly index: number;
  readonly entries: readonly Entry[];
  readonly commit: number;
  readonly reject: boolean;
  readonly rejectHint: number;
  readonly snapshot?: Snapshot | undefined;
  /** Of a request to read, and of the heartbeats that confirm it; `CampaignTransfer` of a vote. */
  readonly context: string;
}

const EMPTY: Message = Object.freeze({
  type: 'MsgHup',
  from: 0,
  to: 0,
  term: 0,
  logTerm: 0,
  index: 0,
  entries: Object.freeze([]),
  commit: 0,
  reject: false,
  rejectHint: 0,
  context: '',
});

export function messageOf(fields: Partial<Message> & Pick<Message, 'type'>): Message {
  return Object.freeze({ ...EMPTY, ...fields });
}

export type StateName = 'StateFollower' | 'StateCandidate' | 'StateLeader' | 'StatePreCandidate';

/** What must be on disk. */
export interface HardState {
  readonly term: number;
  readonly vote: MemberId;
  readonly commit: number;
}

/** One line of the log of the library: 0 debug, 1 info, 2 warning, 3 error. */
export interface LogLine {
  readonly level: 0 | 1 | 2 | 3;
  readonly text: string;
}

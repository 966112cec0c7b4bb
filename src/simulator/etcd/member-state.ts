import type { InitialKey } from '../bootstrap/objects.ts';
import type { ComponentId } from '../component.ts';
import type { EtcdRange, EtcdTxn } from '../messages.ts';
import type { KeySpace } from './mvcc.ts';
import type { ConfChange } from './raft/conf-change.ts';
import type { RaftLog } from './raft/log.ts';
import type { Raft } from './raft/raft.ts';
import type { Ready } from './raft/ready.ts';
import type { HardState } from './raft/types.ts';
import type { Routes } from './routes.ts';
import type { Serving } from './serving.ts';

export interface EtcdMemberSettings {
  readonly initial: readonly InitialKey[];
  /** All members, in the order of their numbers: the first is 1. */
  readonly members: readonly ComponentId[];
  readonly seed: number;
  /** It joins a group that is there, and knows nothing yet. */
  readonly joins?: boolean;
}

/** What an entry of the log asks for; who asked waits for the answer of this member. */
export type Command =
  | {
      readonly type: 'txn';
      readonly member: ComponentId;
      readonly from: ComponentId;
      readonly txn: EtcdTxn;
      readonly atMs: number;
      /** Seq of the request in the trace; undefined where nobody asked. */
      readonly cause?: number;
    }
  | { readonly type: 'compact'; readonly revision: number }
  | { readonly type: 'member'; readonly change: ConfChange & { readonly component: ComponentId } };

/** A key that goes when its lease ends, unless it was written again since. Never changes. */
export interface LeaseKey {
  readonly modRevision: number;
  readonly endsMs: number;
}

/** What lies on the disk of a member that does not run. */
export interface Kept {
  readonly log: RaftLog;
  readonly hard: HardState;
  readonly space: KeySpace;
  readonly leases: Map<string, LeaseKey>;
  /** Who is a member, where that has changed. */
  readonly group: Group;
}

/** All members there ever were, by their numbers, and which of them vote and learn now. Never changes. */
export interface Group {
  readonly members: readonly ComponentId[];
  readonly voters: readonly number[];
  readonly learners: readonly number[];
}

/** One read that waits. */
interface WaitingRead {
  /** Seq of the request in the trace. */
  readonly cause: number;
  readonly from: ComponentId;
  readonly message: EtcdRange;
}

export interface MemberState extends Serving {
  readonly settings: EtcdMemberSettings;
  raft: Raft;
  /** All members there ever were: the first has the number 1. */
  members: ComponentId[];
  /** Work that goes to disk now, and is applied and sent then. */
  writing: Ready | undefined;
  /** Reads that wait for the leader to say what they must have seen; the first of each batch opens it. */
  readonly reads: WaitingRead[];
  /** Reads of the batch that was asked for, by its context. */
  readonly asked: Map<string, readonly WaitingRead[]>;
  /** Reads that may be answered when so much is applied. */
  due: readonly { readonly index: number; readonly reads: readonly WaitingRead[] }[];
  /** Proposals that are not answered, by `from/id`: when they were made. */
  readonly proposed: Map<string, number>;
  /** Other members that this one is connected with, by number: since when. */
  readonly connected: Map<number, number>;
  readonly routes: Routes;
  /** Keys that go when their lease ends. */
  leases: Map<string, LeaseKey>;
  slowness: number;
}

import type { Context } from '../component.ts';
import type { MemberState } from './member-state.ts';

/** How long others must have been connected before members may change. Source: server/etcdserver/server.go `HealthInterval`, 3.6.8. */
const HEALTH_MS = 5000;

/**
 * With every beat a member knows which others it is connected with, and since when. A way that is cut is noticed at once
 * here; etcd needs up to five seconds for that. Source: server/etcdserver/api/rafthttp/peer_status.go, 3.6.8.
 */
export function lookAtPeers({ members, connected }: MemberState, context: Context): void {
  members.forEach((member, index) => {
    if (member === context.self) return;
    if (!context.reaches(member)) connected.delete(index + 1);
    else if (!connected.has(index + 1)) connected.set(index + 1, context.nowMs);
  });
}

/** Source: server/etcdserver/util.go `numConnectedSince`, 3.6.8. */
function connectedLongEnough({ raft, connected }: MemberState, ids: readonly number[], nowMs: number): number {
  return ids.filter((id) => id === raft.config.id || (connected.get(id) ?? Infinity) < nowMs - HEALTH_MS).length;
}

/** Whether a member may be added: all who vote are there. Source: server/etcdserver/server.go `mayAddMember`, 3.6.8. */
export function isHealthyToAdd(state: MemberState, nowMs: number): boolean {
  const { voters } = state.raft.config;
  return connectedLongEnough(state, voters, nowMs) === voters.length;
}

/**
 * Whether a voter may be removed: one that is away may, else a majority has to stay.
 * Source: server/etcdserver/server.go `mayRemoveMember`, 3.6.8.
 */
export function isHealthyToRemove(state: MemberState, id: number, nowMs: number): boolean {
  const { raft, connected } = state;
  const { voters } = raft.config;
  if (id !== raft.config.id && !connected.has(id)) return true;
  return connectedLongEnough(state, voters, nowMs) - 1 >= 1 + Math.floor((voters.length - 1) / 2);
}

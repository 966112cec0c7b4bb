import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { Message } from '../messages.ts';
import { EXPIRE, apply, expire } from './member-apply.ts';
import { propose } from './propose.ts';
import { answerReads, askToRead, read } from './member-reads.ts';
import { RESTORE, SNAPSHOT, answerSnapshot, restoredSpace } from './backup.ts';
import { lookAtPeers } from './connected.ts';
import type { EtcdMemberSettings, Group, Kept, LeaseKey, MemberState } from './member-state.ts';
import { MEMBER, changeMembers } from './membership.ts';
import type { KeySpace } from './mvcc.ts';
import type { RaftConfig } from './raft/raft.ts';
import { copyKeySpace, initialKeySpace } from './mvcc.ts';
import { compact as compactLog, lastIndex, logAt } from './raft/log.ts';
import { newRaft } from './raft/raft.ts';
import { advance, hasReady, takeReady } from './raft/ready.ts';
import { step, tick } from './raft/step.ts';
import { messageOf } from './raft/types.ts';
import type { Message as RaftStep } from './raft/types.ts';
import { along, entryTold, noteRoutes } from './routes.ts';
import { SPACE, answerWatch, closeWatches, isRefusedForSpace } from './serving.ts';

const TICK = 'tick';
const WRITTEN = 'written';
const COMPACT = 'compact';
/** Entries that are kept for members that are behind, once they are applied. Source: etcd server/etcdserver/server.go `DefaultSnapshotCatchUpEntries`, 3.6.8. */
const CATCH_UP_ENTRIES = 5000;
const MOST_ENTRIES = 2 * CATCH_UP_ENTRIES;

/**
 * One member of an etcd cluster: writes and reads are agreed on by Raft, with a disk that takes its time.
 * Source: etcd server/etcdserver/{raft,server,v3_server}.go, 3.6.8.
 */
export const etcdMember: ComponentDefinition<MemberState> = {
  kind: 'etcd-member',
  start(context, settings, kept) {
    const own = Object.freeze(settings as EtcdMemberSettings);
    const { heartbeatMs } = context.numbers.etcd;
    const disk = kept as Kept | undefined;
    const space = disk?.space ?? initialKeySpace(own.joins === true ? [] : own.initial);
    const group = disk?.group ?? groupAtFirst(own, context.self);
    const first = own.joins === true ? logAt(0, 0) : logAt(1, 1);
    const raft = newRaft(configOf(group, own.seed, context), disk?.log ?? first, disk?.hard);
    const state: MemberState = {
      settings: own,
      raft,
      members: [...group.members],
      space,
      watches: new Map(),
      writing: undefined,
      reads: [],
      asked: new Map(),
      due: [],
      proposed: new Map(),
      connected: new Map(),
      routes: { brought: new Map(), told: 0 },
      leases: disk?.leases ?? new Map<string, LeaseKey>(),
      slowness: 1,
      isFull: false,
    };
    context.timer(heartbeatMs, TICK, undefined, { periodic: true });
    context.timer(context.numbers.apiServer.compactionIntervalMs, COMPACT, space.revision, { periodic: true });
    proceed(state, context);
    return state;
  },
  handle(state, event, context) {
    const before = lastIndex(state.raft.log);
    state.routes.told = 0;
    if (event.type === 'timer') timer(state, event.name, event.data, context);
    else receive(state, event.from, event.message, context);
    const raftStep = event.type === 'message' && event.message.type === 'raft' ? event.message.message : undefined;
    noteRoutes(state, before, context, raftStep);
    proceed(state, context);
  },
  keeps({ raft, members, space, leases }): Kept {
    const { log } = raft;
    // What is not on the disk is lost; what is applied was on it.
    const stored = log.entries.slice(0, Math.max(log.stable, log.applied) - log.offset);
    const last = log.offset + stored.length;
    return {
      log: {
        ...logAt(log.offset, log.offsetTerm),
        entries: stored,
        stable: last,
        inProgress: last,
        committed: log.applied,
        applying: log.applied,
        applied: log.applied,
      },
      hard: { ...raft.toldHard, commit: log.applied },
      space,
      leases,
      group: Object.freeze({ members: [...members], voters: raft.config.voters, learners: raft.config.learners }),
    };
  },
  stop(state, context, how) {
    closeWatches(state, context, how);
  },
};

/** Who is a member of the group at first. One that joins learns, until it hears what it is. */
function groupAtFirst({ members, joins }: EtcdMemberSettings, self: string): Group {
  const ids = members.map((_, index) => index + 1);
  const own = members.indexOf(self) + 1;
  const voters = joins === true ? ids.filter((id) => id !== own) : ids;
  return { members, voters, learners: joins === true ? [own] : [] };
}

function configOf({ members, voters, learners }: Group, seed: number, { self, numbers }: Context): RaftConfig {
  const { heartbeatMs, electionMs } = numbers.etcd;
  return {
    id: members.indexOf(self) + 1,
    voters,
    learners,
    electionTick: Math.round(electionMs / heartbeatMs),
    heartbeatTick: 1,
    preVote: true,
    checkQuorum: true,
    maxInflight: 512,
    readOnly: 'safe',
    seed,
  };
}

/** The member begins with what a snapshot holds, in a group that has agreed on nothing yet. */
function restore(state: MemberState, parameters: Readonly<Record<string, unknown>>, context: Context): void {
  closeWatches(state, context, 'crash');
  state.space = restoredSpace(parameters['space'] as KeySpace, {
    bumpRevision: Number(parameters['bumpRevision']),
    markCompacted: parameters['markCompacted'] === true,
  });
  state.leases = new Map();
  state.writing = undefined;
  state.raft = newRaft(state.raft.config, logAt(1, 1));
}

function timer(state: MemberState, name: string, data: unknown, context: Context): void {
  const { etcd, apiServer } = context.numbers;
  if (name === TICK) {
    tick(state.raft);
    lookAtPeers(state, context);
    giveUp(state, context);
    context.timer(etcd.heartbeatMs, TICK, undefined, { periodic: true });
  } else if (name === WRITTEN) written(state, context);
  else if (name === COMPACT) {
    if (isLeader(state)) propose(state, { type: 'compact', revision: data as number });
    context.timer(apiServer.compactionIntervalMs, COMPACT, state.space.revision, { periodic: true });
  } else if (name === EXPIRE && isLeader(state)) expire(state, context);
}

function isLeader({ raft }: MemberState): boolean {
  return raft.state === 'StateLeader';
}

function receive(state: MemberState, from: ComponentId, message: Message, context: Context): void {
  if (message.type === 'etcd-txn') {
    if (isRefusedForSpace(state, from, message, context)) return;
    state.proposed.set(`${from}/${message.id}`, context.nowMs);
    propose(state, {
      type: 'txn',
      member: context.self,
      from,
      txn: message,
      atMs: context.nowMs,
      cause: context.cause,
    });
  } else if (message.type === 'etcd-range') read(state, from, message, context);
  else if (message.type === 'etcd-watch') answerWatch(state, from, message, context);
  else if (message.type === 'raft') step(state.raft, message.message);
  else if (message.type === 'call' && message.method === 'disk')
    state.slowness = Number(message.parameters['slowness'] ?? 1);
  else if (message.type === 'call' && message.method === SNAPSHOT) answerSnapshot(state, from, message, context);
  else if (message.type === 'call' && message.method === RESTORE) restore(state, message.parameters, context);
  else if (message.type === 'call' && message.method === MEMBER) changeMembers(state, from, message, context);
  else if (message.type === 'call' && message.method === SPACE) state.isFull = message.parameters['isFull'] === true;
  else if (message.type === 'call' && message.method === 'move-leader')
    step(state.raft, messageOf({ type: 'MsgTransferLeader', from: Number(message.parameters['to']) }));
}

/** Does what the algorithm has made ready, one batch at a time. */
function proceed(state: MemberState, context: Context): void {
  const { raft } = state;
  tellLines(state, context);
  while (state.writing === undefined && hasReady(raft)) {
    const ready = takeReady(raft);
    for (const { index, context: key } of ready.readStates) {
      const reads = state.asked.get(key);
      state.asked.delete(key);
      if (reads !== undefined) state.due = [...state.due, { index, reads }];
    }
    // A leader tells others while it writes; whoever promises something has written it before.
    sendAll(state, ready.messages, context);
    state.writing = ready;
    if (!ready.mustSync && ready.snapshot === undefined) written(state, context);
    else context.timer(context.numbers.etcd.fsyncMs * state.slowness, WRITTEN, undefined);
  }
  if (state.asked.size === 0) askToRead(state, context);
  answerReads(state, context);
  tellLines(state, context);
  if (raft.log.entries.length > MOST_ENTRIES)
    compactLog(raft.log, Math.min(raft.log.applied, raft.log.offset + raft.log.entries.length - CATCH_UP_ENTRIES));
}

/** The batch is on the disk: others are told, and what is committed is done. */
function written(state: MemberState, context: Context): void {
  const ready = state.writing;
  if (ready === undefined) return;
  state.writing = undefined;
  if (ready.snapshot !== undefined) {
    const { space, leases, group } = ready.snapshot.data as Pick<Kept, 'space' | 'leases' | 'group'>;
    state.members = [...group.members];
    state.raft.config = Object.freeze({ ...state.raft.config, voters: group.voters, learners: group.learners });
    closeWatches(state, context, 'crash');
    state.space = copyKeySpace(space);
    for (const [key, lease] of leases) state.leases.set(key, lease);
  }
  sendAll(state, ready.afterAppend, context);
  for (const entry of ready.committed) {
    along(state, entry.index, context, () => apply(state, entry, context));
    state.routes.brought.delete(entry.index);
  }
  advance(state.raft);
}

function sendAll(state: MemberState, messages: readonly RaftStep[], context: Context): void {
  for (const message of messages) {
    const to = state.members[message.to - 1];
    if (to === undefined) continue;
    const { type, term, index, commit, entries, reject } = message;
    const whole = type === 'MsgSnap' ? withData(state, message) : message;
    const send = (): void => {
      context.send(
        to,
        { type: 'raft', message: whole },
        {
          class: 'raft',
          verb: type,
          detail: { term, index, commit, entries: entries.length, ...(reject ? { reject } : {}) },
        },
      );
    };
    const told = entryTold(message);
    if (told === 0) send();
    else along(state, told, context, send);
  }
}

function withData({ raft, members, space, leases }: MemberState, message: RaftStep): RaftStep {
  const { voters, learners } = raft.config;
  const group: Group = Object.freeze({ members: [...members], voters, learners });
  const data = Object.freeze({ space: Object.freeze(copyKeySpace(space)), leases: new Map(leases), group });
  return Object.freeze({ ...message, snapshot: Object.freeze({ ...message.snapshot!, data }) });
}

/** Requests that nobody has agreed on for too long. Source: server/config/config.go `ReqTimeout`, 3.6.8: 5 s and two elections. */
function giveUp(state: MemberState, context: Context): void {
  const patienceMs = 5000 + 2 * context.numbers.etcd.electionMs;
  for (const [key, sinceMs] of state.proposed) {
    if (sinceMs + patienceMs > context.nowMs) break;
    state.proposed.delete(key);
    const slash = key.lastIndexOf('/');
    const result = { type: 'etcd-result', id: Number(key.slice(slash + 1)), succeeded: false, found: [] } as const;
    context.send(
      key.slice(0, slash),
      { ...result, revision: state.space.revision, error: 'timeout' },
      { class: 'response', verb: 'TIMEOUT' },
    );
  }
  // Who answers the reads may have changed: they are asked for again.
  if (state.raft.electionElapsed > 2 * state.raft.config.electionTick || state.raft.lead === 0)
    for (const [key, reads] of state.asked) {
      state.asked.delete(key);
      state.reads.push(...reads);
    }
}

/** What the library tells of elections; not its debugging. */
function tellLines({ raft }: MemberState, context: Context): void {
  for (const { level, text } of raft.lines.splice(0))
    if (level > 0) context.note({ class: 'raft', verb: level === 1 ? 'INFO' : 'WARN', detail: { text } });
}

/** The term in which a member leads the others; 0 where it does not. For looking at a run, not for components. */
export function raftLeaderTerm(state: unknown): number {
  const { raft } = state as MemberState;
  return raft.state === 'StateLeader' ? raft.term : 0;
}

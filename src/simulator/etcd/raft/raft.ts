import { committedIndex } from './quorum.ts';
import { hashOf } from '../../../base/hash.ts';
import { append, commitTo, lastIndex, lastTerm, matchesTerm, slice, termAt } from './log.ts';
import type { RaftLog, Say } from './log.ts';
import { becomeSnapshot, describeProgress, isPaused, progressAt, sentEntries } from './progress.ts';
import type { Progress } from './progress.ts';
import { messageOf } from './types.ts';
import type { Entry, HardState, LogLine, MemberId, Message, StateName } from './types.ts';

export interface RaftConfig {
  readonly id: MemberId;
  readonly voters: readonly MemberId[];
  readonly learners: readonly MemberId[];
  /** In ticks. */
  readonly electionTick: number;
  readonly heartbeatTick: number;
  readonly preVote: boolean;
  readonly checkQuorum: boolean;
  /** Most messages with entries that one member has not answered. */
  readonly maxInflight: number;
  readonly readOnly: 'safe' | 'lease-based';
  /** Decides the election timeouts, with the id and the number of the draw. */
  readonly seed: number;
}

/** A read that waits until the leader knows that it is still the leader. */
export interface PendingRead {
  readonly request: Message;
  readonly index: number;
  readonly acks: Set<MemberId>;
}

/** One member of a group that agrees on a log. Mutable plain data: it has no clock, sends nothing and waits for nothing. */
export interface Raft {
  /** Another value when members change. */
  config: RaftConfig;
  term: number;
  vote: MemberId;
  lead: MemberId;
  state: StateName;
  readonly log: RaftLog;
  progress: Map<MemberId, Progress>;
  votes: Map<MemberId, boolean>;
  /** Messages that may go at once, and those that may go when what they say is on disk. */
  messages: Message[];
  afterAppend: Message[];
  electionElapsed: number;
  heartbeatElapsed: number;
  electionTimeout: number;
  /** How many election timeouts were drawn. */
  draws: number;
  transferee: MemberId;
  /** Reads that came before the leader had committed anything in its term. */
  earlyReads: Message[];
  /** Reads by their context, in order. */
  reads: Map<string, PendingRead>;
  readStates: { readonly index: number; readonly context: string }[];
  /** What the library would have logged; whoever looks takes it away. */
  lines: LogLine[];
  /** As told by the last Ready. */
  toldSoft: { readonly lead: MemberId; readonly state: StateName };
  toldHard: HardState;
  /** What to tell itself when the last Ready is on disk and applied. */
  onAdvance: readonly Advance[];
}

export type Advance =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'appended'; readonly term: number; readonly index: number; readonly logTerm: number }
  | { readonly type: 'snapshot'; readonly index: number }
  | { readonly type: 'applied'; readonly index: number };

const NO_HARD_STATE: HardState = Object.freeze({ term: 0, vote: 0, commit: 0 });

/** A member that begins, or begins again with what is on its disk. Source: raft.go `newRaft`, rawnode.go `NewRawNode`. */
export function newRaft(config: RaftConfig, log: RaftLog, hard: HardState = NO_HARD_STATE): Raft {
  const raft: Raft = {
    config: Object.freeze(config),
    term: hard.term,
    vote: hard.vote,
    lead: 0,
    state: 'StateFollower',
    log,
    progress: new Map(),
    votes: new Map(),
    messages: [],
    afterAppend: [],
    electionElapsed: 0,
    heartbeatElapsed: 0,
    electionTimeout: 0,
    draws: 0,
    transferee: 0,
    earlyReads: [],
    reads: new Map(),
    readStates: [],
    lines: [],
    toldSoft: { lead: 0, state: 'StateFollower' },
    toldHard: NO_HARD_STATE,
    onAdvance: [],
  };
  if (hard.commit > log.committed) log.committed = hard.commit;
  raft.progress = new Map(
    [...config.voters, ...config.learners]
      .toSorted((a, b) => a - b)
      .map((id) => [id, progressAt(lastIndex(log) + 1, 0, config.learners.includes(id))]),
  );
  say(raft, 1, `${config.id} switched to configuration ${describeConfiguration(config)}`);
  becomeFollower(raft, raft.term, 0);
  say(
    raft,
    1,
    `newRaft ${config.id} [peers: [${config.voters.join(',')}], term: ${raft.term}, commit: ${log.committed}, applied: ${log.applied}, lastindex: ${lastIndex(log)}, lastterm: ${lastTerm(log)}]`,
  );
  raft.toldHard = hardStateOf(raft);
  return raft;
}

export function describeConfiguration({ voters, learners }: Pick<RaftConfig, 'voters' | 'learners'>): string {
  return `voters=(${voters.join(' ')})${learners.length > 0 ? ` learners=(${learners.join(' ')})` : ''}`;
}

export function hardStateOf({ term, vote, log }: Raft): HardState {
  return Object.freeze({ term, vote, commit: log.committed });
}

export function say(raft: Raft, level: LogLine['level'], text: string): void {
  raft.lines.push({ level, text });
}

export function sayerOf(raft: Raft): Say {
  return (level, text) => say(raft, level, text);
}

/** Puts a message among those to be sent. What promises something to others waits for the disk. Source: raft.go `send`. */
export function send(raft: Raft, fields: Partial<Message> & Pick<Message, 'type' | 'to'>): void {
  const { type } = fields;
  const isOfTerm = !VOTING.has(type) && type !== 'MsgProp' && type !== 'MsgReadIndex';
  const message = messageOf({ from: raft.config.id, ...fields, ...(isOfTerm ? { term: raft.term } : {}) });
  if (PROMISES.has(type)) raft.afterAppend.push(message);
  else raft.messages.push(message);
}

const VOTING: ReadonlySet<string> = new Set(['MsgVote', 'MsgVoteResp', 'MsgPreVote', 'MsgPreVoteResp']);
const PROMISES: ReadonlySet<string> = new Set(['MsgAppResp', 'MsgVoteResp', 'MsgPreVoteResp']);

/** Forgets what belongs to the term before, or to the role before. */
export function reset(raft: Raft, term: number): void {
  if (raft.term !== term) {
    raft.term = term;
    raft.vote = 0;
  }
  raft.lead = 0;
  raft.electionElapsed = 0;
  raft.heartbeatElapsed = 0;
  drawElectionTimeout(raft);
  raft.transferee = 0;
  raft.votes = new Map();
  const last = lastIndex(raft.log);
  for (const [id, { isLearner }] of raft.progress)
    raft.progress.set(id, progressAt(last + 1, id === raft.config.id ? last : 0, isLearner));
  raft.reads = new Map();
}

/** Between one and two election timeouts, in ticks. */
function drawElectionTimeout(raft: Raft): void {
  const { electionTick, seed, id } = raft.config;
  const { low } = hashOf(`${seed}/raft/${id}/${++raft.draws}`);
  raft.electionTimeout = electionTick + ((low >>> 0) % electionTick);
}

export function becomeFollower(raft: Raft, term: number, lead: MemberId): void {
  reset(raft, term);
  raft.lead = lead;
  raft.state = 'StateFollower';
  say(raft, 1, `${raft.config.id} became follower at term ${raft.term}`);
}

export function becomeCandidate(raft: Raft): void {
  reset(raft, raft.term + 1);
  raft.vote = raft.config.id;
  raft.state = 'StateCandidate';
  say(raft, 1, `${raft.config.id} became candidate at term ${raft.term}`);
}

export function becomePreCandidate(raft: Raft): void {
  raft.votes = new Map();
  raft.lead = 0;
  raft.state = 'StatePreCandidate';
  say(raft, 1, `${raft.config.id} became pre-candidate at term ${raft.term}`);
}

/** Asks a member for what it lacks, or sends nothing where it is not its turn. Source: raft.go `maybeSendAppend`. */
export function maybeSendAppend(raft: Raft, to: MemberId, sendIfEmpty: boolean): boolean {
  const progress = raft.progress.get(to)!;
  if (isPaused(progress)) return false;
  const { log, config } = raft;
  const previous = progress.next - 1;
  const term = termAt(log, previous);
  if (term === undefined) return maybeSendSnapshot(raft, to, progress);
  const isFull = progress.state === 'StateReplicate' && progress.inflights.length >= config.maxInflight;
  const entries: readonly Entry[] = isFull ? [] : slice(log, progress.next, lastIndex(log));
  if (entries.length === 0 && !sendIfEmpty) return false;
  send(raft, { to, type: 'MsgApp', index: previous, logTerm: term, entries, commit: log.committed });
  sentEntries(progress, entries.length, config.maxInflight);
  progress.sentCommit = log.committed;
  return true;
}

function maybeSendSnapshot(raft: Raft, to: MemberId, progress: Progress): boolean {
  const { log, config } = raft;
  if (!progress.recentActive) {
    say(raft, 0, `ignore sending snapshot to ${to} since it is not recently active`);
    return false;
  }
  const snapshot = Object.freeze({ index: log.applying, term: termAt(log, log.applying) ?? 0 });
  const shown = (): string => `[${describeProgress(progress, config.maxInflight)}]`;
  say(
    raft,
    0,
    `${config.id} [firstindex: ${log.offset + 1}, commit: ${log.committed}] sent snapshot[index: ${snapshot.index}, term: ${snapshot.term}] to ${to} ${shown()}`,
  );
  becomeSnapshot(progress, snapshot.index);
  say(raft, 0, `${config.id} paused sending replication messages to ${to} ${shown()}`);
  send(raft, { to, type: 'MsgSnap', snapshot });
  return true;
}

export function broadcastAppend(raft: Raft): void {
  for (const id of raft.progress.keys()) if (id !== raft.config.id) maybeSendAppend(raft, id, true);
}

export function broadcastHeartbeat(raft: Raft, context: string): void {
  for (const [id, progress] of raft.progress) {
    if (id === raft.config.id) continue;
    const commit = Math.min(progress.match, raft.log.committed);
    send(raft, { to: id, type: 'MsgHeartbeat', commit, context });
    progress.sentCommit = commit;
  }
}

/** Puts entries at the end of a leader's log, which it acknowledges to itself when they are on its disk. */
export function appendEntries(raft: Raft, data: readonly unknown[]): void {
  const from = lastIndex(raft.log) + 1;
  const { term } = raft;
  const entries = data.map((one, at) => Object.freeze({ term, index: from + at, data: one }));
  const index = append(raft.log, entries, sayerOf(raft));
  send(raft, { to: raft.config.id, type: 'MsgAppResp', index });
}

/** Commits what a majority has, where it is of this term; true where that is more than before. */
export function maybeCommit(raft: Raft): boolean {
  const index = committedIndex(raft.config.voters, (id) => raft.progress.get(id)?.match);
  if (index <= raft.log.committed || !matchesTerm(raft.log, index, raft.term)) return false;
  commitTo(raft.log, index);
  return true;
}

export function hasCommittedInTerm({ log, term }: Raft): boolean {
  return termAt(log, log.committed) === term;
}

import { commitTo, findConflictByTerm, lastIndex, lastTerm, matchesTerm, maybeAppend, restore, termAt } from './log.ts';
import { progressAt } from './progress.ts';
import { hup, receiveVote } from './election.ts';
import type { Raft } from './raft.ts';
import { becomeFollower, describeConfiguration, say, sayerOf, send } from './raft.ts';
import type { Message } from './types.ts';

/** What became of a message: `dropped` for a proposal that nobody can take. */
export type Stepped = 'dropped' | undefined;

/** Source: github.com/etcd-io/raft v3.6.0, raft.go `stepFollower`. */
export function stepFollower(raft: Raft, message: Message): Stepped {
  const { config, lead } = raft;
  switch (message.type) {
    case 'MsgProp':
      if (lead === 0) return noLeader(raft, 'proposal');
      send(raft, { ...message, to: lead });
      return undefined;
    case 'MsgApp':
    case 'MsgHeartbeat':
    case 'MsgSnap':
      raft.electionElapsed = 0;
      raft.lead = message.from;
      receiveFromLeader(raft, message);
      return undefined;
    case 'MsgTransferLeader':
      if (lead === 0) return noLeader(raft, 'leader transfer msg');
      send(raft, { ...message, to: lead });
      return undefined;
    case 'MsgForgetLeader':
      if (config.readOnly === 'lease-based') say(raft, 3, 'ignoring MsgForgetLeader due to ReadOnlyLeaseBased');
      else if (lead !== 0) {
        say(raft, 1, `${config.id} forgetting leader ${lead} at term ${raft.term}`);
        raft.lead = 0;
      }
      return undefined;
    case 'MsgTimeoutNow':
      say(
        raft,
        1,
        `${config.id} [term ${raft.term}] received MsgTimeoutNow from ${message.from} and starts an election to get leadership.`,
      );
      hup(raft, 'transfer');
      return undefined;
    case 'MsgReadIndex':
      if (lead === 0) return noLeader(raft, 'index reading msg');
      send(raft, { ...message, to: lead });
      return undefined;
    case 'MsgReadIndexResp':
      raft.readStates.push({ index: message.index, context: message.context });
      return undefined;
    default:
      return undefined;
  }
}

function noLeader(raft: Raft, what: string): Stepped {
  say(raft, 1, `${raft.config.id} no leader at term ${raft.term}; dropping ${what}`);
  return what === 'proposal' ? 'dropped' : undefined;
}

/** Source: raft.go `stepCandidate`, for candidates and pre-candidates. */
export function stepCandidate(raft: Raft, message: Message): Stepped {
  const { config, state } = raft;
  const own = state === 'StatePreCandidate' ? 'MsgPreVoteResp' : 'MsgVoteResp';
  switch (message.type) {
    case 'MsgProp':
      return noLeader(raft, 'proposal');
    case 'MsgApp':
    case 'MsgHeartbeat':
    case 'MsgSnap':
      becomeFollower(raft, message.term, message.from);
      receiveFromLeader(raft, message);
      return undefined;
    case own:
      receiveVote(raft, message);
      return undefined;
    case 'MsgTimeoutNow':
      say(raft, 0, `${config.id} [term ${raft.term} state ${state}] ignored MsgTimeoutNow from ${message.from}`);
      return undefined;
    default:
      return undefined;
  }
}

function receiveFromLeader(raft: Raft, message: Message): void {
  if (message.type === 'MsgApp') receiveEntries(raft, message);
  else if (message.type === 'MsgSnap') receiveSnapshot(raft, message);
  else {
    commitTo(raft.log, message.commit);
    send(raft, { to: message.from, type: 'MsgHeartbeatResp', context: message.context });
  }
}

/** Source: raft.go `handleAppendEntries`. */
function receiveEntries(raft: Raft, { from, index, logTerm, entries, commit }: Message): void {
  const { log, config } = raft;
  if (index < log.committed) return send(raft, { to: from, type: 'MsgAppResp', index: log.committed });
  const last = maybeAppend(log, { index, term: logTerm }, entries, commit, sayerOf(raft));
  if (last !== undefined) return send(raft, { to: from, type: 'MsgAppResp', index: last });
  say(
    raft,
    0,
    `${config.id} [logterm: ${termAt(log, index) ?? 0}, index: ${index}] rejected MsgApp [logterm: ${logTerm}, index: ${index}] from ${from}`,
  );
  const hint = findConflictByTerm(log, Math.min(index, lastIndex(log)), logTerm);
  send(raft, { to: from, type: 'MsgAppResp', index, reject: true, rejectHint: hint.index, logTerm: hint.term });
}

/** Source: raft.go `handleSnapshot` and `restore`. */
function receiveSnapshot(raft: Raft, { from, snapshot }: Message): void {
  const { log, config } = raft;
  const { index, term } = snapshot ?? { index: 0, term: 0 };
  const isRestored = snapshot !== undefined && restoreSnapshot(raft, snapshot);
  const what = isRestored ? 'restored' : 'ignored';
  say(raft, 1, `${config.id} [commit: ${log.committed}] ${what} snapshot [index: ${index}, term: ${term}]`);
  send(raft, { to: from, type: 'MsgAppResp', index: isRestored ? lastIndex(log) : log.committed });
}

function restoreSnapshot(raft: Raft, snapshot: NonNullable<Message['snapshot']>): boolean {
  const { log, config } = raft;
  const { index, term } = snapshot;
  if (index <= log.committed) return false;
  const where = (): string =>
    `${config.id} [commit: ${log.committed}, lastindex: ${lastIndex(log)}, lastterm: ${lastTerm(log)}]`;
  if (matchesTerm(log, index, term)) {
    say(raft, 1, `${where()} fast-forwarded commit to snapshot [index: ${index}, term: ${term}]`);
    commitTo(log, index);
    return false;
  }
  const { committed, applied, applying, stable, inProgress } = log;
  const unstable = `unstable.offset=${stable + 1}, unstable.offsetInProgress=${inProgress + 1}, len(unstable.Entries)=${lastIndex(log) - stable}`;
  say(
    raft,
    1,
    `log [committed=${committed}, applied=${applied}, applying=${applying}, ${unstable}] starts to restore snapshot [index: ${index}, term: ${term}]`,
  );
  restore(log, snapshot);
  for (const [id, { isLearner }] of raft.progress) raft.progress.set(id, progressAt(index + 1, 0, isLearner));
  say(raft, 1, `${config.id} switched to configuration ${describeConfiguration(config)}`);
  say(raft, 1, `${where()} restored snapshot [index: ${index}, term: ${term}]`);
  return true;
}

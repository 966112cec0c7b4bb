import { findConflictByTerm, lastIndex } from './log.ts';
import {
  becomeProbe,
  becomeReplicate,
  canBumpCommit,
  describeProgress,
  freeInflights,
  maybeDecrement,
  maybeUpdate,
} from './progress.ts';
import type { Progress } from './progress.ts';
import type { Raft } from './raft.ts';
import { majorityOf } from './quorum.ts';
import {
  appendEntries,
  becomeFollower,
  broadcastAppend,
  broadcastHeartbeat,
  hasCommittedInTerm,
  maybeCommit,
  maybeSendAppend,
  say,
  send,
} from './raft.ts';
import type { Stepped } from './follower.ts';
import { addRead, answerRead, lastReadContext, receiveReadAck } from './read-only.ts';
import type { Message, MemberId } from './types.ts';

/** Source: github.com/etcd-io/raft v3.6.0, raft.go `stepLeader`. */
export function stepLeader(raft: Raft, message: Message): Stepped {
  switch (message.type) {
    case 'MsgBeat':
      broadcastHeartbeat(raft, lastReadContext(raft));
      return undefined;
    case 'MsgCheckQuorum':
      checkQuorum(raft);
      return undefined;
    case 'MsgProp':
      return propose(raft, message);
    case 'MsgReadIndex':
      if (raft.config.voters.length === 1) answerRead(raft, message, raft.log.committed);
      else if (hasCommittedInTerm(raft)) addRead(raft, message);
      else raft.earlyReads.push(message);
      return undefined;
    case 'MsgForgetLeader':
      return undefined;
    default:
      break;
  }
  const progress = raft.progress.get(message.from);
  if (progress === undefined) say(raft, 0, `${raft.config.id} no progress available for ${message.from}`);
  else if (message.type === 'MsgAppResp') receiveAppended(raft, message, progress);
  else if (message.type === 'MsgHeartbeatResp') receiveHeartbeat(raft, message, progress);
  else if (message.type === 'MsgSnapStatus') receiveSnapshotStatus(raft, message, progress);
  else if (message.type === 'MsgUnreachable') {
    if (progress.state === 'StateReplicate') becomeProbe(progress);
    const { id, maxInflight } = raft.config;
    const shown = describeProgress(progress, maxInflight);
    say(raft, 0, `${id} failed to send message to ${message.from} because it is unreachable [${shown}]`);
  } else if (message.type === 'MsgTransferLeader') transferLeader(raft, message.from, progress);
  return undefined;
}

function checkQuorum(raft: Raft): void {
  const { config, progress } = raft;
  const active = config.voters.filter((id) => progress.get(id)?.recentActive === true).length;
  if (active < majorityOf(config)) {
    say(raft, 2, `${config.id} stepped down to follower since quorum is not active`);
    becomeFollower(raft, raft.term, 0);
  }
  for (const [id, one] of raft.progress) if (id !== config.id) one.recentActive = false;
}

function propose(raft: Raft, { entries }: Message): Stepped {
  const { config, term, transferee } = raft;
  if (transferee !== 0) {
    const what = `transfer leadership to ${transferee} is in progress; dropping proposal`;
    say(raft, 0, `${config.id} [term ${term}] ${what}`);
    return 'dropped';
  }
  appendEntries(
    raft,
    entries.map(({ data }) => data),
  );
  broadcastAppend(raft);
  return undefined;
}

function receiveAppended(raft: Raft, message: Message, progress: Progress): void {
  const { config, log } = raft;
  const { from, index, rejectHint, logTerm } = message;
  const shown = (): string => describeProgress(progress, config.maxInflight);
  progress.recentActive = true;
  if (message.reject) {
    const hint = `(index ${rejectHint}, term ${logTerm})`;
    say(raft, 0, `${config.id} received MsgAppResp(rejected, hint: ${hint}) from ${from} for index ${index}`);
    const probe = logTerm > 0 ? findConflictByTerm(log, rejectHint, logTerm).index : rejectHint;
    if (!maybeDecrement(progress, index, probe)) return;
    say(raft, 0, `${config.id} decreased progress of ${from} to [${shown()}]`);
    if (progress.state === 'StateReplicate') becomeProbe(progress);
    maybeSendAppend(raft, from, true);
    return;
  }
  const isNews = maybeUpdate(progress, index) || (progress.match === index && progress.state === 'StateProbe');
  if (!isNews) return;
  if (progress.state === 'StateProbe') becomeReplicate(progress);
  else if (progress.state === 'StateReplicate') freeInflights(progress, index);
  else if (progress.match + 1 >= log.offset + 1) {
    say(
      raft,
      0,
      `${config.id} recovered from needing snapshot, resumed sending replication messages to ${from} [${shown()}]`,
    );
    becomeProbe(progress);
    becomeReplicate(progress);
  }
  if (maybeCommit(raft)) {
    for (const read of raft.earlyReads.splice(0)) addRead(raft, read);
    broadcastAppend(raft);
  } else if (from !== config.id && canBumpCommit(progress, log.committed)) maybeSendAppend(raft, from, true);
  if (from !== config.id) while (maybeSendAppend(raft, from, false));
  if (from === raft.transferee && progress.match === lastIndex(log)) {
    say(raft, 1, `${config.id} sent MsgTimeoutNow to ${from} after received MsgAppResp`);
    send(raft, { to: from, type: 'MsgTimeoutNow' });
  }
}

function receiveHeartbeat(raft: Raft, message: Message, progress: Progress): void {
  progress.recentActive = true;
  progress.isPaused = false;
  if (progress.match < lastIndex(raft.log) || progress.state === 'StateProbe')
    maybeSendAppend(raft, message.from, true);
  if (raft.config.readOnly === 'safe' && message.context !== '') receiveReadAck(raft, message);
}

function receiveSnapshotStatus(raft: Raft, { from, reject }: Message, progress: Progress): void {
  const { config } = raft;
  if (progress.state !== 'StateSnapshot') return;
  if (reject) progress.pendingSnapshot = 0;
  becomeProbe(progress);
  const how = reject ? 'failed' : 'succeeded';
  const shown = describeProgress(progress, config.maxInflight);
  say(raft, 0, `${config.id} snapshot ${how}, resumed sending replication messages to ${from} [${shown}]`);
  progress.isPaused = true;
}

function transferLeader(raft: Raft, to: MemberId, progress: Progress): void {
  const { config, term, log } = raft;
  const { id } = config;
  if (progress.isLearner) return say(raft, 0, `${id} is learner. Ignored transferring leadership`);
  const last = raft.transferee;
  if (last === to)
    return say(
      raft,
      1,
      `${id} [term ${term}] transfer leadership to ${to} is in progress, ignores request to same node ${to}`,
    );
  if (last !== 0) {
    raft.transferee = 0;
    say(raft, 1, `${id} [term ${term}] abort previous transferring leadership to ${last}`);
  }
  if (to === id) return say(raft, 0, `${id} is already leader. Ignored transferring leadership to self`);
  say(raft, 1, `${id} [term ${term}] starts to transfer leadership to ${to}`);
  raft.electionElapsed = 0;
  raft.transferee = to;
  if (progress.match !== lastIndex(log)) {
    maybeSendAppend(raft, to, true);
    return;
  }
  send(raft, { to, type: 'MsgTimeoutNow' });
  say(raft, 1, `${id} sends MsgTimeoutNow to ${to} immediately as ${to} already has up-to-date log`);
}

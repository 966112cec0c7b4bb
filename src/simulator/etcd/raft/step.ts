import { TRANSFER, hup, isPromotable } from './election.ts';
import { stepCandidate, stepFollower } from './follower.ts';
import type { Stepped } from './follower.ts';
import { stepLeader } from './leader.ts';
import { isUpToDate, lastIndex, lastTerm } from './log.ts';
import type { Raft } from './raft.ts';
import { becomeFollower, say, send } from './raft.ts';
import { messageOf } from './types.ts';
import type { Message } from './types.ts';

/** Handles a message, of another member or of its own. Source: github.com/etcd-io/raft v3.6.0, raft.go `Step`. */
export function step(raft: Raft, message: Message): Stepped {
  const { term, type } = message;
  if (term > raft.term && !receiveHigherTerm(raft, message)) return undefined;
  if (term !== 0 && term < raft.term) {
    receiveLowerTerm(raft, message);
    return undefined;
  }
  if (type === 'MsgHup') hup(raft, raft.config.preVote ? 'pre-election' : 'election');
  else if (type === 'MsgVote' || type === 'MsgPreVote') vote(raft, message);
  else if (raft.state === 'StateLeader') return stepLeader(raft, message);
  else return raft.state === 'StateFollower' ? stepFollower(raft, message) : stepCandidate(raft, message);
  return undefined;
}

/** False where the message is ignored: its sender disturbs a leader that is heard of. */
function receiveHigherTerm(raft: Raft, { type, from, term, logTerm, index, reject, context }: Message): boolean {
  const { config, log } = raft;
  if (type === 'MsgVote' || type === 'MsgPreVote') {
    const inLease = config.checkQuorum && raft.lead !== 0 && raft.electionElapsed < config.electionTick;
    if (context !== TRANSFER && inLease) {
      const own = `[logterm: ${lastTerm(log)}, index: ${lastIndex(log)}, vote: ${raft.vote}]`;
      const left = config.electionTick - raft.electionElapsed;
      say(
        raft,
        1,
        `${config.id} ${own} ignored ${type} from ${from} [logterm: ${logTerm}, index: ${index}] at term ${raft.term}: lease is not expired (remaining ticks: ${left})`,
      );
      return false;
    }
  }
  if (type === 'MsgPreVote' || (type === 'MsgPreVoteResp' && !reject)) return true;
  say(
    raft,
    1,
    `${config.id} [term: ${raft.term}] received a ${type} message with higher term from ${from} [term: ${term}]`,
  );
  const isFromLeader = type === 'MsgApp' || type === 'MsgHeartbeat' || type === 'MsgSnap';
  becomeFollower(raft, term, isFromLeader ? from : 0);
  return true;
}

function receiveLowerTerm(raft: Raft, { type, from, term, logTerm, index }: Message): void {
  const { config, log } = raft;
  if ((config.checkQuorum || config.preVote) && (type === 'MsgHeartbeat' || type === 'MsgApp'))
    return send(raft, { to: from, type: 'MsgAppResp' });
  if (type === 'MsgPreVote') {
    const own = `[logterm: ${lastTerm(log)}, index: ${lastIndex(log)}, vote: ${raft.vote}]`;
    say(
      raft,
      1,
      `${config.id} ${own} rejected ${type} from ${from} [logterm: ${logTerm}, index: ${index}] at term ${raft.term}`,
    );
    return send(raft, { to: from, term: raft.term, type: 'MsgPreVoteResp', reject: true });
  }
  say(
    raft,
    1,
    `${config.id} [term: ${raft.term}] ignored a ${type} message with lower term from ${from} [term: ${term}]`,
  );
}

function vote(raft: Raft, { type, from, term, logTerm, index }: Message): void {
  const { config, log } = raft;
  const canVote =
    raft.vote === from || (raft.vote === 0 && raft.lead === 0) || (type === 'MsgPreVote' && term > raft.term);
  const isGranted = canVote && isUpToDate(log, logTerm, index);
  const own = `${config.id} [logterm: ${lastTerm(log)}, index: ${lastIndex(log)}, vote: ${raft.vote}]`;
  const how = isGranted ? `cast ${type} for` : `rejected ${type} from`;
  say(raft, 1, `${own} ${how} ${from} [logterm: ${logTerm}, index: ${index}] at term ${raft.term}`);
  const answer = type === 'MsgVote' ? 'MsgVoteResp' : 'MsgPreVoteResp';
  if (!isGranted) return send(raft, { to: from, term: raft.term, type: answer, reject: true });
  send(raft, { to: from, term, type: answer });
  if (type !== 'MsgVote') return;
  raft.electionElapsed = 0;
  raft.vote = from;
}

/** One tick of the clock that the member itself does not have. Source: raft.go `tickElection`, `tickHeartbeat`. */
export function tick(raft: Raft): void {
  const { config } = raft;
  const self = config.id;
  raft.electionElapsed++;
  if (raft.state !== 'StateLeader') {
    if (!isPromotable(raft) || raft.electionElapsed < raft.electionTimeout) return;
    raft.electionElapsed = 0;
    step(raft, messageOf({ type: 'MsgHup', from: self }));
    return;
  }
  raft.heartbeatElapsed++;
  if (raft.electionElapsed >= config.electionTick) {
    raft.electionElapsed = 0;
    if (config.checkQuorum) step(raft, messageOf({ type: 'MsgCheckQuorum', from: self }));
    if (isLeader(raft)) raft.transferee = 0;
  }
  if (!isLeader(raft) || raft.heartbeatElapsed < config.heartbeatTick) return;
  raft.heartbeatElapsed = 0;
  step(raft, messageOf({ type: 'MsgBeat', from: self }));
}

function isLeader({ state }: Raft): boolean {
  return state === 'StateLeader';
}

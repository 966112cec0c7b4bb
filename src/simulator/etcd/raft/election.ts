import { lastIndex, lastTerm } from './log.ts';
import { becomeReplicate } from './progress.ts';
import type { Raft } from './raft.ts';
import { voteResult } from './quorum.ts';
import {
  appendEntries,
  becomeCandidate,
  becomeFollower,
  becomePreCandidate,
  broadcastAppend,
  reset,
  say,
  send,
} from './raft.ts';
import type { Message, MemberId } from './types.ts';

export type Campaign = 'pre-election' | 'election' | 'transfer';

/** A vote that a leader has asked for. Source: raft.go `campaignTransfer`. */
export const TRANSFER = 'CampaignTransfer';

/** Whether a member may become leader. */
export function isPromotable({ config, progress, log }: Raft): boolean {
  const own = progress.get(config.id);
  return own !== undefined && !own.isLearner && log.snapshot === undefined;
}

/** Begins an election. Source: github.com/etcd-io/raft v3.6.0, raft.go `hup` and `campaign`. */
export function hup(raft: Raft, campaign: Campaign): void {
  const { config, state } = raft;
  if (state === 'StateLeader') return say(raft, 0, `${config.id} ignoring MsgHup because already leader`);
  if (!isPromotable(raft)) return say(raft, 2, `${config.id} is unpromotable and can not campaign`);
  say(raft, 1, `${config.id} is starting a new election at term ${raft.term}`);
  askForVotes(raft, campaign);
}

function askForVotes(raft: Raft, campaign: Campaign): void {
  const { config, log } = raft;
  const isPre = campaign === 'pre-election';
  if (isPre) becomePreCandidate(raft);
  else becomeCandidate(raft);
  const term = isPre ? raft.term + 1 : raft.term;
  const type = isPre ? 'MsgPreVote' : 'MsgVote';
  for (const id of config.voters.toSorted((a, b) => a - b)) {
    if (id === config.id) {
      send(raft, { to: id, term, type: `${type}Resp` });
      continue;
    }
    const [index, logTerm] = [lastIndex(log), lastTerm(log)];
    say(
      raft,
      1,
      `${config.id} [logterm: ${logTerm}, index: ${index}] sent ${type} request to ${id} at term ${raft.term}`,
    );
    send(raft, { to: id, term, type, index, logTerm, ...(campaign === 'transfer' ? { context: TRANSFER } : {}) });
  }
}

/** A vote for a candidate, or against it. Source: raft.go `stepCandidate`. */
export function receiveVote(raft: Raft, { from, type, reject }: Message): void {
  const { config } = raft;
  const how = reject ? `${type} rejection` : type;
  say(raft, 1, `${config.id} received ${how} from ${from} at term ${raft.term}`);
  if (!raft.votes.has(from)) raft.votes.set(from, !reject);
  const { granted, rejected } = tally(raft);
  say(raft, 1, `${config.id} has received ${granted} ${type} votes and ${rejected} vote rejections`);
  const result = voteResult(config.voters, raft.votes);
  if (result === 'won') {
    if (raft.state === 'StatePreCandidate') return askForVotes(raft, 'election');
    becomeLeader(raft);
    broadcastAppend(raft);
  } else if (result === 'lost') becomeFollower(raft, raft.term, 0);
}

function tally({ config, votes }: Raft): { readonly granted: number; readonly rejected: number } {
  const cast = config.voters.flatMap((id: MemberId) => votes.get(id) ?? []);
  const granted = cast.filter((vote) => vote).length;
  return { granted, rejected: cast.length - granted };
}

function becomeLeader(raft: Raft): void {
  const { config, term } = raft;
  reset(raft, term);
  raft.lead = config.id;
  raft.state = 'StateLeader';
  const own = raft.progress.get(config.id)!;
  becomeReplicate(own);
  own.recentActive = true;
  appendEntries(raft, [undefined]);
  say(raft, 1, `${config.id} became leader at term ${term}`);
}

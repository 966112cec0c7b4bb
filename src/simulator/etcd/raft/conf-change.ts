import { broadcastAppend, describeConfiguration, maybeCommit, maybeSendAppend, say } from './raft.ts';
import type { Raft } from './raft.ts';
import { lastIndex } from './log.ts';
import { progressAt } from './progress.ts';
import type { MemberId } from './types.ts';

/** One change of who votes and who learns; a member that is added as what it is not yet becomes that. */
export interface ConfChange {
  readonly type: 'add' | 'add-learner' | 'remove';
  readonly id: MemberId;
}

/**
 * Applies one change, as etcd makes them: never two at once, so that no joint configuration is needed. A change that would
 * leave no voter changes nothing.
 * Source: github.com/etcd-io/raft v3.6.0, confchange/confchange.go `Simple`; raft.go `applyConfChange`, `switchToConfig`.
 */
export function applyConfChange(raft: Raft, { type, id }: ConfChange): boolean {
  const { voters, learners } = raft.config;
  const [others, otherLearners] = [voters.filter((one) => one !== id), learners.filter((one) => one !== id)];
  const known = raft.progress.get(id);
  const isLearner = type === 'add-learner';
  const nowVoters = type === 'add' ? sorted([...others, id]) : others;
  const nowLearners = isLearner ? sorted([...otherLearners, id]) : otherLearners;
  if (nowVoters.length === 0) return false;
  raft.config = Object.freeze({ ...raft.config, voters: nowVoters, learners: nowLearners });
  if (type === 'remove') raft.progress.delete(id);
  else if (known !== undefined) raft.progress.set(id, { ...known, isLearner });
  else {
    // A new member counts as active at first, or the leader might step down before it has said anything.
    const progress = progressAt(Math.max(lastIndex(raft.log), 1), 0, isLearner);
    progress.recentActive = true;
    raft.progress.set(id, progress);
    raft.progress = new Map([...raft.progress].toSorted(([a], [b]) => a - b));
  }
  say(raft, 1, `${raft.config.id} switched to configuration ${describeConfiguration(raft.config)}`);
  if (raft.state !== 'StateLeader' || !raft.progress.has(raft.config.id)) return true;
  if (maybeCommit(raft)) broadcastAppend(raft);
  else for (const other of raft.progress.keys()) if (other !== raft.config.id) maybeSendAppend(raft, other, false);
  if (raft.transferee !== 0 && !nowVoters.includes(raft.transferee)) raft.transferee = 0;
  return true;
}

function sorted(ids: readonly MemberId[]): readonly MemberId[] {
  return ids.toSorted((a, b) => a - b);
}

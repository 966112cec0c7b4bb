import { broadcastAppend, describeConfiguration, maybeCommit, maybeSendAppend, say } from './raft.ts';
import type { Raft, RaftConfig } from './raft.ts';
import { lastIndex } from './log.ts';
import type { Progress } from './progress.ts';
import { progressAt } from './progress.ts';
import type { MemberId } from './types.ts';

/** One change of who votes and who learns; a member that is added as what it is not yet becomes that. */
export interface ConfChange {
  /** `update`: only what is known of the member elsewhere. */
  readonly type: 'add' | 'add-learner' | 'remove' | 'update';
  /** 0: a change that was given up. */
  readonly id: MemberId;
}

/** Who votes and who learns, with what a leader knows of each. */
export interface Configuration extends Pick<RaftConfig, 'voters' | 'learners'> {
  /** In the order of the members. */
  readonly progress: ReadonlyMap<MemberId, Progress>;
}

/**
 * The configuration after changes that together change one voter at most, so that no joint configuration is needed; why
 * not, else. Source: github.com/etcd-io/raft v3.6.0, confchange/confchange.go `Simple`.
 */
export function simpleChange(
  before: Configuration,
  last: number,
  changes: readonly ConfChange[],
): Configuration | string {
  const voters = new Set(before.voters);
  const learners = new Set(before.learners);
  const progress = new Map(before.progress);
  for (const { type, id } of changes) {
    if (id === 0 || type === 'update') continue;
    const known = progress.get(id);
    const isLearner = type === 'add-learner';
    voters.delete(id);
    learners.delete(id);
    if (type === 'remove') progress.delete(id);
    else {
      (isLearner ? learners : voters).add(id);
      progress.set(id, known === undefined ? newcomer(last, isLearner) : { ...known, isLearner });
    }
  }
  if (voters.size === 0) return 'removed all voters';
  const old = new Set(before.voters);
  const changed = [...voters].filter((id) => !old.has(id)).length + [...old].filter((id) => !voters.has(id)).length;
  if (changed > 1) return 'more than one voter changed without entering joint config';
  return {
    voters: sorted(voters),
    learners: sorted(learners),
    progress: new Map([...progress].toSorted(([a], [b]) => a - b)),
  };
}

/** A new member counts as active at first, or the leader might step down before it has said anything. */
function newcomer(last: number, isLearner: boolean): Progress {
  const progress = progressAt(Math.max(last, 1), 0, isLearner);
  progress.recentActive = true;
  return progress;
}

/**
 * Applies one change, as etcd makes them: never two at once. A change that would leave no voter changes nothing.
 * Source: github.com/etcd-io/raft v3.6.0, raft.go `applyConfChange`, `switchToConfig`.
 */
export function applyConfChange(raft: Raft, change: ConfChange): boolean {
  const { config, progress: known } = raft;
  const changed = simpleChange({ ...config, progress: known }, lastIndex(raft.log), [change]);
  if (typeof changed === 'string') return false;
  const { voters, learners, progress } = changed;
  raft.config = Object.freeze({ ...config, voters, learners });
  raft.progress = new Map(progress);
  say(raft, 1, `${raft.config.id} switched to configuration ${describeConfiguration(raft.config)}`);
  if (raft.state !== 'StateLeader' || !raft.progress.has(raft.config.id)) return true;
  if (maybeCommit(raft)) broadcastAppend(raft);
  else for (const other of raft.progress.keys()) if (other !== raft.config.id) maybeSendAppend(raft, other, false);
  if (raft.transferee !== 0 && !voters.includes(raft.transferee)) raft.transferee = 0;
  return true;
}

function sorted(ids: ReadonlySet<MemberId>): readonly MemberId[] {
  return [...ids].toSorted((a, b) => a - b);
}

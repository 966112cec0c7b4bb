/** A member as the rules of changes look at it. */
export interface KnownMember {
  readonly id: number;
  readonly isLearner: boolean;
  /** It has begun: it was not only added. */
  readonly isStarted: boolean;
}

/**
 * Whether a voter may be added: of the voters that there are then, a majority must have begun. To a group of one any may
 * be added, or nobody could be after a restore.
 * Source: server/etcdserver/api/membership/cluster.go `IsReadyToAddVotingMember`, 3.6.8.
 */
export function isReadyToAddVoter(members: readonly KnownMember[]): boolean {
  const voters = members.filter(({ isLearner }) => !isLearner);
  const started = startedOf(voters);
  return (started === 1 && voters.length === 1) || hasMajority(started, voters.length + 1);
}

/** Whether a majority of the other voters has begun. Source: cluster.go `IsReadyToRemoveVotingMember`, 3.6.8. */
export function isReadyToRemoveVoter(members: readonly KnownMember[], id: number): boolean {
  const others = members.filter((member) => !member.isLearner && member.id !== id);
  return hasMajority(startedOf(others), others.length);
}

/** Whether a majority has begun once a learner votes, which counts as begun. Source: cluster.go `IsReadyToPromoteMember`, 3.6.8. */
export function isReadyToPromote(members: readonly KnownMember[]): boolean {
  const voters = members.filter(({ isLearner }) => !isLearner);
  return hasMajority(startedOf(voters) + 1, voters.length + 1);
}

function startedOf(members: readonly KnownMember[]): number {
  return members.filter(({ isStarted }) => isStarted).length;
}

function hasMajority(count: number, of: number): boolean {
  return count >= (of >> 1) + 1;
}

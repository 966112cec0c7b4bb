import type { MemberId } from './types.ts';

/** How many of the voters are more than half of them. */
export function majorityOf({ voters }: { readonly voters: readonly MemberId[] }): number {
  return (voters.length >> 1) + 1;
}

/**
 * The index that a majority of the voters has; without voters everything counts as committed.
 * Source: github.com/etcd-io/raft v3.6.0, quorum/majority.go `CommittedIndex`.
 */
export function committedIndex(voters: readonly MemberId[], matchOf: (id: MemberId) => number | undefined): number {
  if (voters.length === 0) return Number.POSITIVE_INFINITY;
  const matches = voters.map((id) => matchOf(id) ?? 0).toSorted((a, b) => a - b);
  return matches[matches.length - majorityOf({ voters })] ?? 0;
}

export type VoteResult = 'won' | 'lost' | 'pending';

/** What the votes cast so far decide. Source: quorum/majority.go `VoteResult`. */
export function voteResult(voters: readonly MemberId[], votes: ReadonlyMap<MemberId, boolean>): VoteResult {
  if (voters.length === 0) return 'won';
  const cast = voters.flatMap((id) => votes.get(id) ?? []);
  const granted = cast.filter((vote) => vote).length;
  const majority = majorityOf({ voters });
  if (granted >= majority) return 'won';
  return granted + voters.length - cast.length >= majority ? 'pending' : 'lost';
}

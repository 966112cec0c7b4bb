import type { RandomSource } from '../../kernel/random.ts';
import { stringAt } from '../../../base/json.ts';
import type { PodInfo } from '../pod-info.ts';

/** A Node on which the Pod would fit, if the victims went. */
export interface Candidate {
  readonly node: string;
  /** The most important first. */
  readonly victims: readonly PodInfo[];
  readonly budgetViolations: number;
}

/** What Nodes are compared by, the first that differs decides: least first, but for the start. */
export interface CandidateMerits {
  readonly budgetViolations: number;
  readonly highestPriority: number;
  readonly sumOfPriorities: number;
  readonly victims: number;
  /** Latest first: of the victims with the highest priority, when the first of them started. '' is now. */
  readonly earliestStart: string;
}

/**
 * Priorities are added as if the least were 0, so that many Pods of negative priority weigh more than few.
 * Source: pkg/scheduler/framework/preemption/preemption.go `pickOneNodeForPreemption`, 1.36.
 */
export function meritsOf({ victims, budgetViolations }: Candidate): CandidateMerits {
  const highestPriority = victims[0]?.priority ?? 0;
  const most = Math.max(...victims.map(({ priority }) => priority));
  return {
    budgetViolations,
    highestPriority,
    sumOfPriorities: victims.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
    victims: victims.length,
    earliestStart: victims
      .filter(({ priority }) => priority === most)
      .reduce((earliest, pod) => (isBefore(startOf(pod), earliest) ? startOf(pod) : earliest), ''),
  };
}

/** When a Pod started; '', which is now, where it has not. Source: pkg/scheduler/util/utils.go `GetPodStartTime`, 1.36. */
export function startOf({ pod }: PodInfo): string {
  return stringAt(pod, 'status', 'startTime') ?? '';
}

export function isBefore(a: string, b: string): boolean {
  return a !== '' && (b === '' || a < b);
}

/** Source: pkg/scheduler/util/utils.go `MoreImportantPod`, 1.36. */
export function byImportance(a: PodInfo, b: PodInfo): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  const [startA, startB] = [startOf(a), startOf(b)];
  if (isBefore(startA, startB)) return -1;
  return isBefore(startB, startA) ? 1 : 0;
}

/** Where all merits are alike, upstream takes any Node; here chance decides. */
export function pickCandidate(candidates: readonly Candidate[], random: RandomSource, purpose: string): Candidate {
  const merits = new Map(candidates.map((candidate) => [candidate, meritsOf(candidate)]));
  const compare = (a: Candidate, b: Candidate): number => compareMerits(merits.get(a)!, merits.get(b)!);
  const best = candidates.reduce((least, candidate) => (compare(candidate, least) < 0 ? candidate : least));
  const tied = candidates.filter((candidate) => compare(candidate, best) === 0);
  return tied.length === 1 ? best : tied[random.integer(purpose, 0, tied.length - 1)]!;
}

function compareMerits(a: CandidateMerits, b: CandidateMerits): number {
  for (const merit of ['budgetViolations', 'highestPriority', 'sumOfPriorities', 'victims'] as const)
    if (a[merit] !== b[merit]) return a[merit] - b[merit];
  if (a.earliestStart === b.earliestStart) return 0;
  return isBefore(a.earliestStart, b.earliestStart) ? 1 : -1;
}

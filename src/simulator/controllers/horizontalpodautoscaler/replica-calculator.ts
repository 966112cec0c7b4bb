import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isReady, phaseOf } from '../workload/pod-state.ts';
import type { Failure, PodMetric, PodMetrics } from './pod-metrics.ts';
import { isFailure, usageOf, utilizationOf } from './pod-metrics.ts';
import type { Initialization } from './pod-groups.ts';
import { groupPods } from './pod-groups.ts';
import { requestsOf } from './pod-requests.ts';

/**
 * How many replicas a metric asks for.
 * Source: pkg/controller/podautoscaler/replica_calculator.go, 1.36.
 */

/** How far use may be from what is wanted before anything is done: 0.1 is a tenth. */
export interface Tolerances {
  readonly down: number;
  readonly up: number;
}

function isWithin({ down, up }: Tolerances, ratio: number): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

/** What all sums about the Pods of one autoscaler need. */
export interface Sum {
  /** The Pods that the selector of the target finds. */
  readonly pods: readonly KubernetesObject[];
  readonly currentReplicas: number;
  readonly tolerances: Tolerances;
  readonly spans: Initialization;
  readonly nowMs: number;
}

export interface Proposal {
  readonly replicas: number;
  /** What is used, in thousandths: the mean of the Pods, or the whole. */
  readonly usage: bigint;
  /** Percent of the requests. */
  readonly utilization?: number;
}

const NO_PODS: Failure = { failure: 'no pods returned by selector while calculating replica count' };
const NO_METRICS: Failure = { failure: 'did not receive metrics for targeted pods (pods might be unready)' };
const MAX_INT32 = 2 ** 31 - 1;
const MAX_INT64 = 2n ** 63n - 1n;

/** By the percentage of what the Pods request. Source: `GetResourceReplicas`. */
export function resourceReplicas(
  sum: Sum,
  metrics: PodMetrics,
  resource: string,
  container: string,
  targetPercent: number,
): Proposal | Failure {
  if (sum.pods.length === 0) return NO_PODS;
  const groups = groupPods(sum.pods, metrics, resource, sum.spans, sum.nowMs);
  const counted = without(metrics, groups.ignored, groups.unready);
  if (counted.size === 0) return NO_METRICS;
  const requests = requestsOf(sum.pods, container, resource);
  if (isFailure(requests)) return requests;
  const first = utilizationOf(counted, requests, targetPercent);
  if (isFailure(first)) return first;
  const told = { usage: first.average, utilization: first.percent };
  // A Pod that was not measured is taken to use all that it requests, or what is wanted where that is more.
  const fullUse = BigInt(Math.max(100, targetPercent));
  const filled = filledIn(counted, groups, first.ratio, (pod) => ((requests.get(pod) ?? 0n) * fullUse) / 100n);
  if (filled === undefined) return { ...told, replicas: plain(sum, first.ratio, groups.readyCount) };
  const again = utilizationOf(filled, requests, targetPercent);
  if (isFailure(again)) return again;
  return { ...told, replicas: careful(sum, first.ratio, again.ratio, filled.size) };
}

/** By a mean use of each Pod. Source: `GetRawResourceReplicas`, `GetMetricReplicas`, `calcPlainMetricReplicas`. */
export function averageReplicas(sum: Sum, metrics: PodMetrics, resource: string, target: bigint): Proposal | Failure {
  if (sum.pods.length === 0) return NO_PODS;
  const groups = groupPods(sum.pods, metrics, resource, sum.spans, sum.nowMs);
  const counted = without(metrics, groups.ignored, groups.unready);
  if (counted.size === 0) return NO_METRICS;
  const { ratio, average } = usageOf(counted, target);
  const filled = filledIn(counted, groups, ratio, () => target);
  if (filled === undefined) return { usage: average, replicas: plain(sum, ratio, groups.readyCount) };
  return { usage: average, replicas: careful(sum, ratio, usageOf(filled, target).ratio, filled.size) };
}

function without(metrics: PodMetrics, ...groups: readonly ReadonlySet<string>[]): PodMetrics {
  return new Map([...metrics].filter(([pod]) => !groups.some((group) => group.has(pod))));
}

/**
 * The metrics with guesses for Pods of which nothing is known, such that the change is the smaller for it; undefined where
 * nothing has to be guessed.
 */
function filledIn(
  metrics: PodMetrics,
  { unready, missing }: { readonly unready: ReadonlySet<string>; readonly missing: ReadonlySet<string> },
  ratio: number,
  full: (pod: string) => bigint,
): PodMetrics | undefined {
  const countsUnready = unready.size > 0 && ratio > 1;
  if (!countsUnready && missing.size === 0) return undefined;
  const filled = new Map(metrics);
  if (ratio !== 1) for (const pod of missing) filled.set(pod, guess(ratio < 1 ? full(pod) : 0n));
  if (countsUnready) for (const pod of unready) filled.set(pod, guess(0n));
  return filled;
}

function guess(value: bigint): PodMetric {
  return { atMs: 0, windowMs: 0, value };
}

function plain({ tolerances, currentReplicas }: Sum, ratio: number, readyCount: number): number {
  return isWithin(tolerances, ratio) ? currentReplicas : Math.ceil(ratio * readyCount);
}

/** With guesses in the sum: nothing is done that would go the other way than what was measured says. */
function careful({ tolerances, currentReplicas }: Sum, measured: number, guessed: number, count: number): number {
  const turns = (measured < 1 && guessed > 1) || (measured > 1 && guessed < 1);
  if (isWithin(tolerances, guessed) || turns) return currentReplicas;
  const replicas = Math.ceil(guessed * count);
  const goesBack = (guessed < 1 && replicas > currentReplicas) || (guessed > 1 && replicas < currentReplicas);
  return goesBack ? currentReplicas : replicas;
}

/** By one number, against what it is to be. Source: `GetObjectMetricReplicas`, `getUsageRatioReplicaCount`. */
export function valueReplicas(sum: Sum, usage: bigint, target: bigint): Proposal | Failure {
  const ratio = Number(usage) / Number(target);
  if (sum.currentReplicas === 0) return { usage, replicas: Math.ceil(ratio) };
  if (isWithin(sum.tolerances, ratio)) return { usage, replicas: sum.currentReplicas };
  if (sum.pods.length === 0) return { failure: `unable to calculate ready pods: ${NO_PODS.failure}` };
  const ready = sum.pods.filter((pod) => phaseOf(pod) === 'Running' && isReady(pod)).length;
  return { usage, replicas: Math.min(Math.ceil(ratio * ready), MAX_INT32) };
}

/** By one number, shared by the replicas. Source: `GetObjectPerPodMetricReplicas`, `GetExternalPerPodMetricReplicas`. */
export function sharedReplicas(
  { tolerances }: Pick<Sum, 'tolerances'>,
  statusReplicas: number,
  usage: bigint,
  target: bigint,
): Proposal {
  const ratio = Number(usage) / (Number(target) * statusReplicas);
  const wanted = Math.min(Math.ceil(Number(usage) / Number(target)), MAX_INT32);
  const replicas = isWithin(tolerances, ratio) ? statusReplicas : wanted;
  return { usage: sharedUsage(usage, statusReplicas), replicas };
}

/** The share of one replica, rounded up as floating numbers are; without replicas, or beyond 64 bits, the largest. */
function sharedUsage(usage: bigint, statusReplicas: number): bigint {
  if (usage >= MAX_INT64) return MAX_INT64;
  const share = Math.ceil(Number(usage) / statusReplicas);
  return Number.isFinite(share) ? BigInt(share) : usage === 0n ? 0n : MAX_INT64;
}

/** Numbers together, to the largest of 64 bits at most. */
export function totalOf(values: readonly bigint[]): bigint {
  const total = values.reduce((sum, value) => sum + value, 0n);
  return total > MAX_INT64 ? MAX_INT64 : total;
}

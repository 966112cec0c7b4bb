/** One Pod's use of something, in thousandths of its unit. */
export interface PodMetric {
  /** When it was measured, in milliseconds of the run, and over how long before that. */
  readonly atMs: number;
  readonly windowMs: number;
  readonly value: bigint;
}

/** By the Pod's name. */
export type PodMetrics = ReadonlyMap<string, PodMetric>;

/** What could not be had, in the controller's words. */
export interface Failure {
  readonly failure: string;
}

export function isFailure(value: object): value is Failure {
  return 'failure' in value;
}

export interface Utilization {
  /** What is used against what is wanted. */
  readonly ratio: number;
  /** Percent of the requests, cut off to a whole number. */
  readonly percent: number;
  /** The mean of the Pods, in thousandths. */
  readonly average: bigint;
}

/**
 * How much of their requests some Pods use. Pods without a request are left out.
 * Source: pkg/controller/podautoscaler/metrics/utilization.go `GetResourceUtilizationRatio`, 1.36.
 */
export function utilizationOf(
  metrics: PodMetrics,
  requests: ReadonlyMap<string, bigint>,
  targetPercent: number,
): Utilization | Failure {
  let [used, requested, count] = [0n, 0n, 0n];
  for (const [pod, { value }] of metrics) {
    const request = requests.get(pod);
    if (request === undefined) continue;
    used += value;
    requested += request;
    count++;
  }
  if (requested === 0n) return { failure: 'no metrics returned matched known pods' };
  const percent = Number((used * 100n) / requested);
  return { ratio: percent / targetPercent, percent, average: used / count };
}

/**
 * How much some Pods use in the mean, against what each is to use.
 * Source: pkg/controller/podautoscaler/metrics/utilization.go `GetMetricUsageRatio`, 1.36.
 */
export function usageOf(metrics: PodMetrics, target: bigint): { readonly ratio: number; readonly average: bigint } {
  let used = 0n;
  for (const { value } of metrics.values()) used += value;
  const average = used / BigInt(metrics.size);
  return { ratio: Number(average) / Number(target), average };
}

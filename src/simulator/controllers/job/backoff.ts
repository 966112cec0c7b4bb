import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { finishedAtMs } from './job-pods.ts';

/** How often Pods of a Job have failed since one succeeded. JSON: it is the memory of the controller. */
export interface BackoffRecord {
  readonly failures: number;
  readonly lastFailureMs: number | null;
}

export const NO_FAILURES: BackoffRecord = { failures: 0, lastFailureMs: null };

/** Source: pkg/controller/job/job_controller.go `DefaultJobPodFailureBackOff`, `MaxJobPodFailureBackOff`, 1.36. */
const FIRST_MS = 10_000;
const MOST_MS = 600_000;

/** Source: pkg/controller/job/backoff_utils.go `newBackoffRecord`, 1.36. */
export function nextBackoff(
  before: BackoffRecord,
  succeeded: readonly KubernetesObject[],
  failed: readonly KubernetesObject[],
): BackoffRecord {
  if (succeeded.length === 0 && failed.length === 0) return before;
  const failedMs = failed.map(finishedAtMs).sort((a, b) => a - b);
  if (succeeded.length === 0)
    return { failures: before.failures + failed.length, lastFailureMs: failedMs.at(-1) ?? null };
  const lastSuccessMs = Math.max(...succeeded.map(finishedAtMs));
  const since = failedMs.filter((moment) => moment > lastSuccessMs);
  return { failures: since.length, lastFailureMs: since.at(-1) ?? null };
}

/** How long no new Pod is made: 10 s after the first failure, twice as long after each other. */
export function remainingMs(
  { failures, lastFailureMs }: BackoffRecord,
  nowMs: number,
  firstMs = FIRST_MS,
  mostMs = MOST_MS,
): number {
  if (failures === 0 || lastFailureMs === null) return 0;
  const waitMs = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 10));
  return Math.max(0, waitMs - (nowMs - lastFailureMs));
}

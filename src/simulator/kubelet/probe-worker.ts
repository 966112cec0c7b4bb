import type { ProbeResult } from './pod-actions.ts';
import type { ProbeWorker } from './pod-record.ts';

/** What a probe that has been made changes: nothing below its threshold, else the result that is kept. */
export type ProbeStep = { readonly result: ProbeResult } | undefined;

/** Thresholds of a probe, with the defaults of the API. */
export interface Thresholds {
  readonly failures: number;
  readonly successes: number;
}

/**
 * Takes in the outcome of one probe.
 * Source: pkg/kubelet/prober/worker.go `doProbe`, 1.36.
 */
export function probeMade(worker: ProbeWorker, outcome: ProbeResult, { failures, successes }: Thresholds): ProbeStep {
  worker.run = worker.last === outcome ? worker.run + 1 : 1;
  worker.last = outcome;
  const isBelow = (outcome === 'Failure' && worker.run < failures) || (outcome === 'Success' && worker.run < successes);
  if (isBelow) return undefined;
  if (worker.type === 'startup' || (worker.type === 'liveness' && outcome === 'Failure')) {
    worker.isOnHold = true;
    worker.run = 0;
  }
  return { result: outcome };
}

/** What is held to be so before a new container has been probed. */
export const INITIAL_RESULTS = {
  readiness: 'Failure',
  liveness: 'Success',
  startup: 'Unknown',
} as const satisfies Readonly<Record<ProbeWorker['type'], ProbeResult>>;

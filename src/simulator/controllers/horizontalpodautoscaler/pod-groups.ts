import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import { phaseOf, runTimeOf } from '../workload/pod-state.ts';
import type { PodMetrics } from './pod-metrics.ts';

/** Spans in which the CPU use of a Pod that has just begun says nothing, in milliseconds. */
export interface Initialization {
  readonly cpuInitializationMs: number;
  readonly initialReadinessDelayMs: number;
}

export interface PodGroups {
  readonly readyCount: number;
  readonly unready: ReadonlySet<string>;
  /** Of which nothing was measured. */
  readonly missing: ReadonlySet<string>;
  /** On their way out, or failed. */
  readonly ignored: ReadonlySet<string>;
}

/** Source: pkg/controller/podautoscaler/replica_calculator.go `groupPods`, 1.36. */
export function groupPods(
  pods: readonly KubernetesObject[],
  metrics: PodMetrics,
  resource: string,
  spans: Initialization,
  nowMs: number,
): PodGroups {
  const [unready, missing, ignored] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let readyCount = 0;
  for (const pod of pods) {
    const name = nameOf(pod);
    const phase = phaseOf(pod);
    const metric = metrics.get(name);
    if (isBeingDeleted(pod) || phase === 'Failed') ignored.add(name);
    else if (phase === 'Pending') unready.add(name);
    else if (metric === undefined) missing.add(name);
    else if (resource === 'cpu' && isBeginning(pod, metric.atMs, metric.windowMs, spans, nowMs)) unready.add(name);
    else readyCount++;
  }
  return { readyCount, unready, missing, ignored };
}

/** Whether what a Pod uses is still the work of its start. */
function isBeginning(
  pod: KubernetesObject,
  measuredMs: number,
  windowMs: number,
  { cpuInitializationMs, initialReadinessDelayMs }: Initialization,
  nowMs: number,
): boolean {
  const ready = findCondition(conditionsOf(pod), 'Ready');
  const startedMs = runTimeOf(stringAt(pod, 'status', 'startTime'));
  if (ready === undefined || startedMs === undefined) return true;
  const isUnready = stringAt(ready, 'status') === 'False';
  const movedMs = runTimeOf(stringAt(ready, 'lastTransitionTime')) ?? -Infinity;
  if (startedMs + cpuInitializationMs > nowMs) return isUnready || measuredMs < movedMs + windowMs;
  return isUnready && startedMs + initialReadinessDelayMs > movedMs;
}

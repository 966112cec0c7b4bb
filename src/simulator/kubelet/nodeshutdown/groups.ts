import { SYSTEM_CRITICAL } from '../preemption/preemption.ts';

/** How long Pods of at least a priority are given to end. */
export interface ShutdownPeriod {
  readonly priority: number;
  readonly seconds: number;
}

export interface ShutdownGroup<Pod> extends ShutdownPeriod {
  readonly pods: readonly Pod[];
}

/**
 * What `shutdownGracePeriod` and `shutdownGracePeriodCriticalPods` come to, from the lowest priority up; nothing where a
 * Node does not wait for its Pods. Source: pkg/kubelet/nodeshutdown/nodeshutdown_manager.go `migrateConfig`, 1.36.2.
 */
export function shutdownPeriods(graceSeconds: number, criticalSeconds: number): readonly ShutdownPeriod[] {
  const others = graceSeconds - criticalSeconds;
  if (graceSeconds === 0 || others < 0 || criticalSeconds < 0) return [];
  return [
    { priority: 0, seconds: others },
    { priority: SYSTEM_CRITICAL, seconds: criticalSeconds },
  ];
}

/** A Pod is of the highest group whose priority is not above its own, else of the lowest. Source: `groupByPriority`. */
export function groupByPriority<Pod>(
  periods: readonly ShutdownPeriod[],
  pods: readonly Pod[],
  priorityOf: (pod: Pod) => number,
): readonly ShutdownGroup<Pod>[] {
  const groupOf = (pod: Pod): number =>
    Math.max(
      0,
      periods.findLastIndex(({ priority }) => priority <= priorityOf(pod)),
    );
  return periods.map((period, index) => ({ ...period, pods: pods.filter((pod) => groupOf(pod) === index) }));
}

/** Seconds that a Pod is given: its own, where they are fewer. */
export function graceWithin(seconds: number, asked: number | undefined): number {
  return Math.min(seconds, asked ?? Infinity);
}

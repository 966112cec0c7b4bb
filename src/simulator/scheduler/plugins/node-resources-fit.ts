import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import type { SchedulerPlugin } from '../plugin.ts';

/** Source: pkg/scheduler/framework/plugins/noderesources/{fit,least_allocated}.go, 1.36. */
export const nodeResourcesFit: SchedulerPlugin = {
  name: 'NodeResourcesFit',
  filter(pod, node) {
    const reasons = insufficient(pod, node);
    return reasons.length === 0 ? undefined : { code: 'Unschedulable', reasons };
  },
  score({ nonZeroRequests }, { nonZeroRequested, allocatable }) {
    const cpu = leastRequested(nonZeroRequested.cpuMilli + nonZeroRequests.cpuMilli, allocatable.cpuMilli);
    const memory = leastRequested(nonZeroRequested.memoryBytes + nonZeroRequests.memoryBytes, allocatable.memoryBytes);
    return Math.trunc((cpu + memory) / 2);
  },
};

function insufficient({ requests }: PodInfo, { pods, requested, allocatable, allowedPods }: NodeInfo): string[] {
  const reasons = pods.length + 1 > allowedPods ? ['Too many pods'] : [];
  const check = (name: string, wanted: number, used: number, have: number) => {
    if (wanted > 0 && wanted > have - used) reasons.push(`Insufficient ${name}`);
  };
  check('cpu', requests.cpuMilli, requested.cpuMilli, allocatable.cpuMilli);
  check('memory', requests.memoryBytes, requested.memoryBytes, allocatable.memoryBytes);
  check('ephemeral-storage', requests.ephemeralBytes, requested.ephemeralBytes, allocatable.ephemeralBytes);
  for (const [name, amount] of requests.scalar ?? [])
    check(name, amount, requested.scalar?.get(name) ?? 0, allocatable.scalar?.get(name) ?? 0);
  return reasons;
}

function leastRequested(requested: number, capacity: number): number {
  return capacity === 0 || requested > capacity ? 0 : Math.trunc(((capacity - requested) * 100) / capacity);
}

import type { NodeInfo } from '../scheduler/node-info.ts';
import type { Amounts } from '../scheduler/pod-info.ts';
import { NO_AMOUNTS, addAmounts } from '../scheduler/pod-info.ts';
import { isLongTerminating } from './drainability.ts';
import { isOfDaemonSet } from './pod-groups.ts';

/** What of a Node is asked for, as parts of what it has. */
export interface Utilization {
  readonly cpu: number;
  readonly memory: number;
  /** The larger of them, and its name. */
  readonly most: number;
  readonly resource: 'cpu' | 'memory';
}

/** Undefined where a Node has none of one. Source: cluster-autoscaler/simulator/utilization/info.go `Calculate`, 1.36.1. */
export function utilizationOf(
  node: NodeInfo,
  { ignoreDaemonSets, nowMs }: { readonly ignoreDaemonSets: boolean; readonly nowMs: number },
): Utilization | undefined {
  let [used, daemons]: [Amounts, Amounts] = [NO_AMOUNTS, NO_AMOUNTS];
  for (const pod of node.pods) {
    if (ignoreDaemonSets && isOfDaemonSet(pod)) daemons = addAmounts(daemons, pod.requests);
    else if (!isLongTerminating(pod.pod, nowMs)) used = addAmounts(used, pod.requests);
  }
  const { cpuMilli, memoryBytes } = node.allocatable;
  if (cpuMilli === 0 || memoryBytes === 0) return undefined;
  const cpu = used.cpuMilli / (cpuMilli - daemons.cpuMilli);
  const memory = used.memoryBytes / (memoryBytes - daemons.memoryBytes);
  return cpu > memory ? { cpu, memory, most: cpu, resource: 'cpu' } : { cpu, memory, most: memory, resource: 'memory' };
}

/** As Go prints the struct, which has places for GPUs and devices too. */
export function utilizationWords({ cpu, memory, most, resource }: Utilization): string {
  return `{${cpu} ${memory} 0 0 ${resource} ${most}}`;
}

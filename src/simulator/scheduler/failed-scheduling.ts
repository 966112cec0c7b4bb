import { compareStrings } from '../../base/compare.ts';
import type { Decision } from './schedule-pod.ts';

/**
 * `0/3 nodes are available: 2 Insufficient cpu, 1 node(s) had untolerated taint(s). …`
 * Source: pkg/scheduler/framework/types.go `FitError.Error`, 1.36.
 */
export function failedSchedulingMessage({ rejected, preFilter }: Decision, nodeCount: number): string {
  const start = `0/${nodeCount} nodes are available:`;
  if (preFilter !== undefined) return `${start} ${preFilter.verdict.reasons.join(', ')}.`;
  const counts = new Map<string, number>();
  for (const { verdict } of rejected.values())
    for (const reason of verdict.reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareStrings);
  return reasons.length === 0 ? `${start}` : `${start} ${reasons.join(', ')}.`;
}

import { compareStrings } from '../../base/compare.ts';
import type { Verdict } from './plugin.ts';

/** What is said of a Pod that no Node takes. */
export interface FitError {
  readonly nodeCount: number;
  /** Why the Pod was refused before any Node was looked at. */
  readonly preFilter?: Verdict | undefined;
  /** Why each Node was passed over that was looked at. */
  readonly verdicts: Iterable<Verdict>;
  /** Of the Nodes that need not be looked at, with their number. */
  readonly others?: { readonly reasons: readonly string[]; readonly count: number } | undefined;
  readonly postFilter: readonly string[];
}

/**
 * `0/3 nodes are available: 2 Insufficient cpu, 1 node(s) had untolerated taint(s). …`
 * Source: pkg/scheduler/framework/types.go `FitError.Error`, 1.36.
 */
export function failedSchedulingMessage({ nodeCount, preFilter, verdicts, others, postFilter }: FitError): string {
  let message = `0/${nodeCount} nodes are available:`;
  if (preFilter === undefined) {
    const counts = new Map<string, number>();
    const count = (reason: string, by: number) => counts.set(reason, (counts.get(reason) ?? 0) + by);
    for (const { reasons } of verdicts) for (const reason of reasons) count(reason, 1);
    if (others !== undefined && others.count > 0) for (const reason of others.reasons) count(reason, others.count);
    const reasons = [...counts].map(([reason, number]) => `${number} ${reason}`).sort(compareStrings);
    if (reasons.length > 0) message += ` ${reasons.join(', ')}.`;
  } else {
    message += ` ${preFilter.reasons.join(', ')}.`;
  }
  const after = postFilter.join(', ');
  return after === '' ? message : `${message} ${after}`;
}

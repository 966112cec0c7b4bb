import type { ApiCall } from '../client/api-client.ts';
import type { RandomSource } from '../kernel/random.ts';
import type { Filters } from './filtering.ts';
import type { FailedSearch, PostFiltered, Verdict } from './plugin.ts';
import type { PodInfo } from './pod-info.ts';
import type { ProfileEntry } from './profile.ts';
import type { Decision } from './schedule-pod.ts';
import type { Snapshot } from './snapshot.ts';

/** What the plugins could do for a Pod that fits nowhere, by the plugin that did something. */
export interface PostFilterOutcome extends Omit<PostFiltered, 'writes'> {
  readonly writes: readonly ApiCall[];
  /** By plugin: what it tells the trace. */
  readonly details: Readonly<Record<string, NonNullable<PostFiltered['detail']>>>;
}

/**
 * The first plugin that helps is the last that is asked.
 * Source: pkg/scheduler/framework/runtime/framework.go `RunPostFilterPlugins`, 1.36.
 */
export function postFilter(
  profile: readonly ProfileEntry[],
  pod: PodInfo,
  decision: Decision & { readonly filters: Filters },
  snapshot: Snapshot,
  random: RandomSource,
  attempt: string,
): PostFilterOutcome {
  const search = failedSearch(decision, snapshot, random, attempt);
  const details: Record<string, NonNullable<PostFiltered['detail']>> = {};
  const reasons: string[] = [];
  const writes: ApiCall[] = [];
  let nominate: string | undefined;
  for (const { plugin } of profile) {
    const result = plugin.postFilter?.(pod, search);
    if (result === undefined) continue;
    if (result.detail !== undefined) details[plugin.name] = result.detail;
    writes.push(...(result.writes ?? []));
    if (result.code === 'Success' || result.code === 'UnschedulableAndUnresolvable')
      return { ...result, writes, details };
    if (result.code === 'Error') return { code: 'Error', reasons: result.reasons, writes, details };
    nominate = result.nominate ?? nominate;
    reasons.push(...result.reasons);
  }
  return { code: 'Unschedulable', reasons, writes, details, ...(nominate === undefined ? {} : { nominate }) };
}

function failedSearch(
  { rejected, preFilter, others = [], filters }: Decision & { readonly filters: Filters },
  snapshot: Snapshot,
  random: RandomSource,
  attempt: string,
): FailedSearch {
  const absent: Verdict = preFilter?.verdict ?? { code: 'UnschedulableAndUnresolvable', reasons: others };
  return {
    snapshot,
    random,
    attempt,
    changes: filters,
    verdictOf: (node) => rejected.get(node)?.verdict ?? absent,
    refusal: (node, changes) => (changes as Filters).refusalWithNominated(node)?.verdict,
  };
}

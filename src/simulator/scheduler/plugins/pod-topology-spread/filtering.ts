import { matchesLabels } from '../../../../apimachinery/label-selector.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Constraint } from './constraints.ts';
import { hasAllTopologyKeys } from './constraints.ts';
import { countsNode } from './domain-counts.ts';
import type { Domain } from './domain-counts.ts';

/**
 * How the Pods of each constraint are spread. The counts belong to the cycle: they move on when the next one begins.
 * Source: pkg/scheduler/framework/plugins/podtopologyspread/filtering.go, 1.36.
 */
export interface SpreadState {
  readonly constraints: readonly ConstraintState[];
}

export interface ConstraintState {
  readonly constraint: Constraint;
  /** 1 where the Pod itself would count. */
  readonly self: number;
  readonly domains: ReadonlyMap<string, Domain>;
  /** What Pods put and taken in thought change, by value of the topology key. */
  readonly changes: ReadonlyMap<string, number>;
  /** The least and another domain, by which the least is known without counting again. */
  readonly least: readonly [CountedDomain, CountedDomain];
}

interface CountedDomain {
  readonly value: string | undefined;
  readonly pods: number;
}

const NO_CHANGES: ReadonlyMap<string, number> = new Map();
const NO_DOMAIN: CountedDomain = { value: undefined, pods: 2 ** 31 - 1 };

const NO_LABEL: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
});
const TOO_SKEWED: Verdict = Object.freeze({
  code: 'Unschedulable',
  reasons: ["node(s) didn't match pod topology spread constraints"],
});

export function constraintState(
  constraint: Constraint,
  pod: PodInfo,
  domains: ReadonlyMap<string, Domain>,
): ConstraintState {
  let least: readonly [CountedDomain, CountedDomain] = [NO_DOMAIN, NO_DOMAIN];
  for (const [value, { pods }] of domains) if (pods < least[1].pods) least = withDomain(least, value, pods);
  const self = matchesLabels(constraint.selector, pod.labels) ? 1 : 0;
  return { constraint, self, domains, changes: NO_CHANGES, least };
}

/** The two after the count of a domain changed. The second is not always the second least, as upstream. */
function withDomain(
  [first, second]: readonly [CountedDomain, CountedDomain],
  value: string,
  pods: number,
): readonly [CountedDomain, CountedDomain] {
  const changed = { value, pods };
  if (value === first.value) return pods > second.pods ? [second, changed] : [changed, second];
  if (value === second.value) return first.pods > pods ? [changed, first] : [first, changed];
  if (pods < first.pods) return [changed, first];
  return pods < second.pods ? [first, changed] : [first, second];
}

export function spreadVerdict({ constraints }: SpreadState, { labels }: NodeInfo): Verdict | undefined {
  for (const { constraint, self, domains, changes, least } of constraints) {
    const value = labels.get(constraint.topologyKey);
    if (value === undefined) return NO_LABEL;
    const fewest = domains.size < constraint.minDomains ? 0 : least[0].pods;
    const count = (domains.get(value)?.pods ?? 0) + (changes.get(value) ?? 0);
    if (count + self - fewest > constraint.maxSkew) return TOO_SKEWED;
  }
  return undefined;
}

/** The state as if a Pod were on a Node, or not. */
export function withChangedPod(
  state: SpreadState,
  pod: PodInfo,
  changed: PodInfo,
  node: NodeInfo,
  change: 'add' | 'remove',
): SpreadState {
  const all = state.constraints.map(({ constraint }) => constraint);
  if (changed.namespace !== pod.namespace || !hasAllTopologyKeys(node.labels, all)) return state;
  return {
    constraints: state.constraints.map((entry) => {
      const { constraint, domains, changes, least } = entry;
      if (!matchesLabels(constraint.selector, changed.labels) || !countsNode(constraint, pod.pod, node)) return entry;
      const value = node.labels.get(constraint.topologyKey)!;
      const delta = (changes.get(value) ?? 0) + (change === 'add' ? 1 : -1);
      const pods = (domains.get(value)?.pods ?? 0) + delta;
      return { ...entry, changes: new Map([...changes, [value, delta]]), least: withDomain(least, value, pods) };
    }),
  };
}

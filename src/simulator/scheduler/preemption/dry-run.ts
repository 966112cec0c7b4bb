import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { NodeInfo } from '../node-info.ts';
import { withPod, withoutPod } from '../node-info.ts';
import type { FailedSearch, SearchChanges, Verdict } from '../plugin.ts';
import type { PodInfo } from '../pod-info.ts';
import { partedByBudgets } from './budgets.ts';
import type { Candidate } from './candidate.ts';
import { byImportance } from './candidate.ts';

/** Where victims were looked for, and what was found. */
export interface DryRun {
  /** Those that break no budget come first. */
  readonly candidates: readonly Candidate[];
  /** Why other Nodes are none. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/**
 * Looks for Nodes that would take the Pod if others went; enough are found when there are `wanted`, one of them without a
 * broken budget. Source: pkg/scheduler/framework/preemption/preemption.go `DryRunPreemption`, 1.36; one Node after the
 * other, where upstream has sixteen workers that may find some more.
 */
export function dryRun(
  pod: PodInfo,
  nodes: readonly NodeInfo[],
  budgets: readonly KubernetesObject[],
  search: FailedSearch,
  { offset, wanted }: { readonly offset: number; readonly wanted: number },
): DryRun {
  const [kept, breaking]: [Candidate[], Candidate[]] = [[], []];
  const verdicts = new Map<string, Verdict>();
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[(offset + index) % nodes.length]!;
    const found = victimsOn(node, pod, budgets, search);
    if ('code' in found) verdicts.set(node.name, found);
    else {
      const list = found.budgetViolations === 0 ? kept : breaking;
      if (list.length < wanted) list.push(found);
    }
    if (kept.length > 0 && kept.length + breaking.length >= wanted) break;
  }
  return { candidates: [...kept, ...breaking], verdicts };
}

const NO_VICTIMS: Verdict = Object.freeze({
  code: 'UnschedulableAndUnresolvable',
  reasons: ['No preemption victims found for incoming pod'],
});

/**
 * The fewest Pods that must go from a Node: all less important ones are taken away, and come back as far as the Pod still
 * fits, first those whose budget would break, of each the most important first.
 * Source: defaultpreemption/default_preemption.go `SelectVictimsOnNode`, 1.36.
 */
export function victimsOn(
  node: NodeInfo,
  pod: PodInfo,
  budgets: readonly KubernetesObject[],
  search: FailedSearch,
): Candidate | Verdict {
  const potential = node.pods.filter(({ priority }) => priority < pod.priority);
  let thought: Thought = { node, changes: search.changes };
  for (const victim of potential) thought = without(thought, victim);
  if (potential.length === 0) return NO_VICTIMS;
  const refusal = search.refusal(thought.node, thought.changes);
  if (refusal !== undefined) return refusal;
  const { violating, others } = partedByBudgets([...potential].sort(byImportance), budgets);
  const victims: PodInfo[] = [];
  let budgetViolations = 0;
  for (const [index, candidate] of [...violating, ...others].entries()) {
    const spared = withAgain(thought, candidate);
    if (search.refusal(spared.node, spared.changes) === undefined) {
      thought = spared;
      continue;
    }
    victims.push(candidate);
    if (index < violating.length) budgetViolations++;
  }
  if (victims.length === 0)
    return { code: 'Error', reasons: [`expected at least one victim pod on node "${node.name}"`] };
  if (violating.length > 0 && others.length > 0) victims.sort(byImportance);
  return { node: node.name, victims, budgetViolations };
}

/** A Node as it would be. */
interface Thought {
  readonly node: NodeInfo;
  readonly changes: SearchChanges;
}

function without({ node, changes }: Thought, victim: PodInfo): Thought {
  const left = withoutPod(node, victim);
  return { node: left, changes: changes.with(victim, left, 'remove') };
}

function withAgain({ node, changes }: Thought, pod: PodInfo): Thought {
  const more = withPod(node, pod);
  return { node: more, changes: changes.with(pod, more, 'add') };
}

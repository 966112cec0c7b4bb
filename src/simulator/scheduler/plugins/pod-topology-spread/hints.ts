import { matchesLabels } from '../../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { labelsOf } from '../../../../apimachinery/object.ts';
import { taintsOf, tolerationsOf } from '../../../../apimachinery/taints.ts';
import { jsonEqual, nameAt } from '../../../../base/json.ts';
import type { QueueingHint } from '../../cluster-event.ts';
import { Action } from '../../cluster-event.ts';
import { hint, isPlaced, isSamePod } from '../event-hints.ts';
import type { Constraint } from './constraints.ts';
import { hasAllTopologyKeys } from './constraints.ts';

export const POD_ACTIONS = Action.Add | Action.UpdatePodLabel | Action.UpdatePodToleration | Action.Delete;
export const NODE_ACTIONS = Action.Add | Action.Delete | Action.UpdateNodeLabel | Action.UpdateNodeTaint;

/** Source: podtopologyspread/plugin.go `isSchedulableAfterPodChange`, 1.36. */
export function hintAfterPod(
  pod: KubernetesObject,
  constraints: readonly Constraint[],
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): QueueingHint {
  const matter = (other: KubernetesObject | undefined) => other === undefined || isInvolved(other, pod);
  if (!matter(before) || !matter(after)) return 'QueueSkip';
  const matches = (other: KubernetesObject) => {
    const labels = labelsOf(other);
    return constraints.map(({ selector }) => matchesLabels(selector, labels));
  };
  if (before === undefined || after === undefined) return hint(matches((after ?? before)!).includes(true));
  if (
    isSamePod(pod, after) &&
    !jsonEqual(tolerationsOf(before), tolerationsOf(after)) &&
    constraints.some(({ honorsTaints }) => honorsTaints)
  )
    return 'Queue';
  return hint(!jsonEqual(matches(before), matches(after)));
}

function isInvolved(other: KubernetesObject, pod: KubernetesObject): boolean {
  if (isSamePod(pod, other)) return true;
  return isPlaced(other) && nameAt(other, 'metadata', 'namespace') === nameAt(pod, 'metadata', 'namespace');
}

/** Source: podtopologyspread/plugin.go `isSchedulableAfterNodeChange`, 1.36. */
export function hintAfterNode(
  constraints: readonly Constraint[],
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): QueueingHint {
  const [was, is] = [before && labelsOf(before), after && labelsOf(after)];
  const matched = was !== undefined && hasAllTopologyKeys(was, constraints);
  const matches = is !== undefined && hasAllTopologyKeys(is, constraints);
  if (was === undefined || is === undefined) return hint(matched || matches);
  if (matched !== matches) return 'Queue';
  const moved = constraints.some(({ topologyKey }) => was.get(topologyKey) !== is.get(topologyKey));
  return hint(matches && (moved || !jsonEqual(taintsOf(before), taintsOf(after))));
}

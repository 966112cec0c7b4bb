import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, labelsOf, nameOf } from '../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../base/json.ts';

/**
 * Which Nodes a load balancer sends to. Whether they are ready does not count: its health checks find that out.
 * Source: staging/src/k8s.io/cloud-provider/controllers/service/controller.go `stableNodeSetPredicates`, 1.36.
 */

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';
/** Set by the cluster autoscaler before it deletes a Node. */
const TO_BE_DELETED = 'ToBeDeletedByClusterAutoscaler';
/** What Go's `strconv.ParseBool` takes for false. */
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

export function isIncluded(node: KubernetesObject): boolean {
  const label = labelsOf(node).get(EXCLUDED);
  return label === undefined || FALSE.has(label);
}

export function isUntainted(node: KubernetesObject): boolean {
  return !arrayAt(node, 'spec', 'taints').some((taint) => stringAt(taint, 'key') === TO_BE_DELETED);
}

export function balancerNodes(nodes: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return nodes.filter((node) => !isBeingDeleted(node) && isIncluded(node) && isUntainted(node));
}

const providerOf = (node: KubernetesObject): string => stringAt(node, 'spec', 'providerID') ?? '';

/** Whether load balancers look again after a change of a Node. */
export function changesBalancers(before: KubernetesObject, after: KubernetesObject): boolean {
  return isIncluded(before) !== isIncluded(after) || providerOf(before) !== providerOf(after);
}

/** What of Nodes a load balancer is told by: their names and the ids that the cloud knows them by. */
export function nodesKey(nodes: readonly KubernetesObject[]): string {
  return nodes
    .map((node) => `${nameOf(node)} ${providerOf(node)}`)
    .toSorted()
    .join('\n');
}

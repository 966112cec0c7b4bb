import type { KubernetesObject } from '../../apimachinery/object.ts';
import { taintsOf } from '../../apimachinery/taints.ts';
import { stringAt } from '../../base/json.ts';

/** Whether somebody has said of a Node that it is gone for good. Source: pkg/apis/core/well_known_taints.go `TaintNodeOutOfService`, 1.36. */
export function isOutOfService(node: KubernetesObject): boolean {
  return taintsOf(node).some((taint) => stringAt(taint, 'key') === 'node.kubernetes.io/out-of-service');
}

import type { ClusterView } from '../../../admission/cluster-view.ts';
import { evaluatorOf } from '../../../admission/quota/evaluators.ts';
import { scopesOf } from '../../../admission/quota/scopes.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import { ZERO, addQuantities } from '../../../apimachinery/quantity.ts';
import type { ResourceList } from '../../../apimachinery/resource-list.ts';
import { resourceListOf } from '../../../apimachinery/resource-list.ts';
import { valueAt } from '../../../base/json.ts';

/** A resource whose objects quota can count. */
export interface Countable {
  /** `pods`, `deployments.apps`. */
  readonly qualified: string;
  list(namespace: string): readonly KubernetesObject[];
}

/**
 * What the objects of a namespace use of what a quota limits.
 * Source: staging/src/k8s.io/apiserver/pkg/quota/v1/resources.go `CalculateUsage` and generic/evaluator.go
 * `CalculateUsageStats`, 1.36.
 */
export function quotaUsage(
  quota: KubernetesObject,
  resources: readonly Countable[],
  cluster: ClusterView,
): ResourceList {
  const names = [...resourceListOf(valueAt(quota, 'spec', 'hard')).keys()];
  const scopes = scopesOf(quota);
  const used = new Map<string, Quantity>();
  for (const { qualified, list } of resources) {
    const evaluator = evaluatorOf(qualified);
    const counted = evaluator.matchingResources(names, cluster);
    if (counted.length === 0) continue;
    for (const name of counted) used.set(name, used.get(name) ?? ZERO);
    for (const object of list(namespaceOf(quota) ?? '')) {
      if (!scopes.every((scope) => evaluator.isInScope?.(scope, object) ?? false)) continue;
      for (const [name, quantity] of evaluator.usage(object, cluster))
        if (counted.includes(name)) used.set(name, addQuantities(used.get(name) ?? ZERO, quantity));
    }
  }
  return used;
}

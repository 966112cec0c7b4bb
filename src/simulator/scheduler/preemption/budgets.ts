import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { isEmptySelector, matchesLabels, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { numberAt, objectAt, valueAt } from '../../../base/json.ts';
import type { PodInfo } from '../pod-info.ts';

/**
 * Parts Pods whose going would break a PodDisruptionBudget from the others; the order of each part is that of the Pods.
 * Source: pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go `filterPodsWithPDBViolation`, 1.36.
 */
export function partedByBudgets(
  pods: readonly PodInfo[],
  budgets: readonly KubernetesObject[],
): { readonly violating: readonly PodInfo[]; readonly others: readonly PodInfo[] } {
  const [violating, others]: [PodInfo[], PodInfo[]] = [[], []];
  const left = budgets.map((budget) => numberAt(budget, 'status', 'disruptionsAllowed') ?? 0);
  const selectors = budgets.map((budget) => parseLabelSelector(valueAt(budget, 'spec', 'selector')));
  for (const pod of pods) {
    let breaksOne = false;
    if (pod.labels.size > 0)
      for (const [index, budget] of budgets.entries()) {
        const selector = selectors[index]!;
        if ((namespaceOf(budget) ?? 'default') !== pod.namespace || selector.invalid !== undefined) continue;
        if (selector.nothing === true || isEmptySelector(selector) || !matchesLabels(selector, pod.labels)) continue;
        // The API server has taken it from the budget already.
        if (objectAt(budget, 'status', 'disruptedPods')?.[nameOf(pod.pod)] !== undefined) continue;
        if (--left[index]! < 0) breaksOne = true;
      }
    (breaksOne ? violating : others).push(pod);
  }
  return { violating, others };
}

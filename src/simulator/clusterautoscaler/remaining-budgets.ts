import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import { numberAt, valueAt } from '../../base/json.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';

/**
 * How many disruptions each PodDisruptionBudget still allows while Pods are moved in thought.
 * Source: cluster-autoscaler/core/scaledown/pdb/basic.go, 1.36.1.
 */
export class RemainingBudgets {
  private readonly budgets: readonly {
    readonly namespace: string;
    readonly selector: LabelSelector;
  }[];
  private readonly left: number[];

  constructor(budgets: readonly KubernetesObject[]) {
    this.budgets = budgets.map((budget) => ({
      namespace: namespaceOf(budget) ?? 'default',
      selector: parseLabelSelector(valueAt(budget, 'spec', 'selector')),
    }));
    this.left = budgets.map((budget) => numberAt(budget, 'status', 'disruptionsAllowed') ?? 0);
  }

  private indexesOf(pod: PodInfo): readonly number[] {
    return this.budgets.flatMap(({ namespace, selector }, index) =>
      namespace === pod.namespace && matchesLabels(selector, pod.labels) ? [index] : [],
    );
  }

  /** What the budgets of a Pod still allow. */
  matching(pod: PodInfo): readonly number[] {
    return this.indexesOf(pod).map((index) => this.left[index] ?? 0);
  }

  /** Whether all of them could go at once. */
  canGoTogether(pods: readonly PodInfo[]): boolean {
    const counts = new Map<number, number>();
    for (const pod of pods) for (const index of this.indexesOf(pod)) counts.set(index, (counts.get(index) ?? 0) + 1);
    return [...counts].every(([index, count]) => count <= (this.left[index] ?? 0));
  }

  remove(pods: readonly PodInfo[]): void {
    for (const pod of pods) for (const index of this.indexesOf(pod)) this.left[index] = (this.left[index] ?? 0) - 1;
  }
}

import { matchesLabels } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { LintContext } from './lint.ts';

/** Whether a selector selects Pods of any workload in a namespace. */
export function selectsAny(selector: LabelSelector, namespace: string, context: LintContext): boolean {
  return context.workloadsIn(namespace).some(({ template }) => matchesLabels(selector, template.labels));
}

import { isEmptySelector, labelSelectorFromMap, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, valueAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import { namespaceOrDefault } from '../name-reference.ts';

/**
 * The Pods that a workload takes for its own, by `spec.selector`. Where none is written, the labels of the template
 * count: ReplicationController in v1, the others in extensions/v1beta1.
 */
export function workloadSelectorReferences(
  object: JsonObject,
  form: 'labelSelector' | 'map' = 'labelSelector',
): readonly Reference[] {
  const written = valueAt(object, 'spec', 'selector');
  const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
  const selector = written === undefined || written === null ? fromTemplate(labels) : read(written, form);
  if (selector === undefined || selector.nothing || isEmptySelector(selector)) return [];
  const target = { by: 'pods', namespaces: { names: [namespaceOrDefault(object)] }, selector } as const;
  return [{ type: 'workloadSelector', field: ['spec', 'selector'], target }];
}

function read(value: NonNullable<ReturnType<typeof valueAt>>, form: 'labelSelector' | 'map'): LabelSelector {
  return form === 'map' ? labelSelectorFromMap(value) : parseLabelSelector(value);
}

function fromTemplate(labels: JsonObject | undefined): LabelSelector | undefined {
  return labels && labelSelectorFromMap(labels);
}

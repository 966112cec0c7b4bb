import { isEmptySelector, labelSelectorFromMap, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { objectAt, valueAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import { namespaceOrDefault } from '../name-reference.ts';

const TEMPLATE_LABELS: Path = ['spec', 'template', 'metadata', 'labels'];

/**
 * The Pods that a workload takes for its own, by `spec.selector`. Where none is written, the labels of the template
 * count: ReplicationController in v1 (an empty map is none), the others in extensions/v1beta1.
 * Source: pkg/apis/core/v1/defaults.go, SetDefaults_ReplicationController, 1.36.
 */
export function workloadSelectorReferences(
  object: JsonObject,
  form: 'labelSelector' | 'map' = 'labelSelector',
): readonly Reference[] {
  const written = valueAt(object, 'spec', 'selector');
  const isEmptyMap = form === 'map' && isEmptySelector(labelSelectorFromMap(written));
  const isWritten = written !== undefined && written !== null && !isEmptyMap;
  const selector = isWritten ? read(written, form) : fromTemplate(objectAt(object, ...TEMPLATE_LABELS));
  if (selector === undefined || selector.nothing || isEmptySelector(selector)) return [];
  const target = { by: 'pods', namespaces: { names: [namespaceOrDefault(object)] }, selector } as const;
  return [{ type: 'workloadSelector', field: isWritten ? ['spec', 'selector'] : TEMPLATE_LABELS, target }];
}

function read(value: NonNullable<ReturnType<typeof valueAt>>, form: 'labelSelector' | 'map'): LabelSelector {
  return form === 'map' ? labelSelectorFromMap(value) : parseLabelSelector(value);
}

function fromTemplate(labels: JsonObject | undefined): LabelSelector | undefined {
  return labels && labelSelectorFromMap(labels);
}

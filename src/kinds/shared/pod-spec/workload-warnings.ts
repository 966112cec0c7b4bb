import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { valueAt } from '../../../base/json.ts';
import { podNameWarnings } from '../name-warning.ts';
import { semanticEqual } from '../validation/semantic-equal.ts';
import { podTemplateWarnings } from './warnings/pod.ts';

const TEMPLATE = ValidationPath.of('spec', 'template');

/** Warnings of a create of a workload whose name ends up in those of its Pods, and of an update of its spec. */
export function workloadWarnings(object: KubernetesObject, old?: KubernetesObject): readonly string[] {
  return [...(old === undefined ? podNameWarnings(object) : []), ...templateWarnings(object, old)];
}

/** Warnings about the template; an update that leaves the spec as it is gets none. */
export function templateWarnings(object: KubernetesObject, old?: KubernetesObject): readonly string[] {
  const isSame = old !== undefined && semanticEqual(valueAt(object, 'spec'), valueAt(old, 'spec'));
  return isSame ? [] : podTemplateWarnings(valueAt(object, 'spec', 'template'), TEMPLATE);
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import { valueAt } from '../../../base/json.ts';
import { metadataRulesOf } from '../../metadata-rules.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation/object-meta.ts';

/** For tests: what upstream's validation of a kind says about metadata, before what the kind's strategy says. */
export function metadataErrors(
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  namespaced = true,
): readonly FieldError[] {
  const rules = metadataRulesOf(groupVersionKindOf(object), object);
  if (rules === undefined) return [];
  const metadata = valueAt(object, 'metadata');
  return old === undefined
    ? validateObjectMeta(metadata, { ...rules, namespaced })
    : validateObjectMetaUpdate(metadata, valueAt(old, 'metadata'), rules);
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { asObject, step, valueAt } from '../../../base/json.ts';
import { statusOf, withoutStatus } from '../status.ts';
import type { KindStrategy } from '../../strategy.ts';
import { dropDisabledFieldsOfTemplate } from './defaults/disabled-fields.ts';

/**
 * What a create and an update of a workload take away whatever the client wrote: its status, and fields of its Pod
 * template that are behind feature gates which are off. Source: pkg/registry/apps/deployment/strategy.go and its like.
 */
export function workloadRequests(
  template: Path,
): Required<Pick<KindStrategy, 'prepareForCreate' | 'prepareForUpdate'>> {
  return {
    prepareForCreate: (object) => withoutDisabledFields(withoutStatus(object), undefined, template),
    prepareForUpdate: (object, old) => withoutDisabledFields(statusOf(object, old), old, template),
  };
}

function withoutDisabledFields(
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  path: Path,
): KubernetesObject {
  const before = valueAt(object, ...path);
  const after = dropDisabledFieldsOfTemplate(before, valueAt(old, ...path));
  return after === before || after === undefined ? object : { ...object, ...replaced(object, path, after) };
}

function replaced(owner: JsonObject, [name, ...rest]: Path, value: JsonObject[string]): JsonObject {
  if (name === undefined) return owner;
  if (rest.length === 0) return { ...owner, [name]: value };
  return { ...owner, [name]: replaced(asObject(step(owner, name)) ?? {}, rest, value) };
}

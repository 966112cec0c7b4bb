import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';

/** The object as a create stores it: what a client says about status is dropped. */
export function withoutStatus(object: KubernetesObject): KubernetesObject {
  if (!Object.hasOwn(object, 'status')) return object;
  const { status: _, ...rest } = object;
  return rest as KubernetesObject;
}

/** The object as an update stores it: with the status of the old one. */
export function statusOf(object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const status = valueAt(old, 'status');
  return status === undefined ? withoutStatus(object) : { ...object, status };
}

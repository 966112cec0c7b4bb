import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { DEVICE_CLASS_PREFIX } from '../../admission/quota/resource-names.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';

/** By the extended resource that a class stands behind. */
type ClassesByResource = ReadonlyMap<string, KubernetesObject>;

const made = new WeakMap<View, ClassesByResource>();

/**
 * The DeviceClass whose devices serve an extended resource (`example.com/gpu`, or `deviceclass.resource.kubernetes.io/`
 * with the name of a class); undefined where none does. Of several classes that name the same resource the newest, then
 * the one whose name comes first. `classes` are all DeviceClasses. Source:
 * staging/src/k8s.io/dynamic-resource-allocation/deviceclass/extendedresourcecache/extendedresourcecache.go, 1.36.
 */
export function deviceClassOf(resource: string, classes: View): KubernetesObject | undefined {
  if (classes.size === 0) return undefined;
  let byResource = made.get(classes);
  if (byResource === undefined) made.set(classes, (byResource = classesByResource(classes.list())));
  return byResource.get(resource);
}

function classesByResource(classes: readonly KubernetesObject[]): ClassesByResource {
  const byResource = new Map<string, KubernetesObject>();
  for (const found of classes) {
    byResource.set(DEVICE_CLASS_PREFIX + nameOf(found), found);
    const resource = nameAt(found, 'spec', 'extendedResourceName');
    if (resource === undefined) continue;
    const other = byResource.get(resource);
    if (other === undefined || isPreferred(found, other)) byResource.set(resource, found);
  }
  return byResource;
}

/** Times of creation are written alike, so that they compare as text. */
function isPreferred(a: KubernetesObject, b: KubernetesObject): boolean {
  const [of, than] = [a, b].map((one) => stringAt(one, 'metadata', 'creationTimestamp') ?? '');
  return of === than ? nameOf(a) < nameOf(b) : of! > than!;
}

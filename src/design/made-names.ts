import { objectIdentity } from '../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../apimachinery/object-identity.ts';
import { metadataOf } from '../apimachinery/object.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { DesignRecord } from './design.ts';
import type { NewName } from './follow-references.ts';

/**
 * What the objects that a record makes are called once it has a new name or namespace, by what they were called before:
 * the claims of a StatefulSet carry its name. Empty for kinds that make nothing.
 */
export function madeNames(
  { object }: DesignRecord,
  to: NewName,
  registry: KindRegistry,
): ReadonlyMap<ObjectIdentity, NewName> {
  const { makes } = registry.of(object);
  const names = new Map<ObjectIdentity, NewName>();
  if (!makes) return names;
  const after = makes(renamed(object, to));
  makes(object).forEach((made, index) => {
    const next = after[index];
    if (!next) return;
    names.set(objectIdentity(made, made.namespace, made.name), { name: next.name, namespace: next.namespace });
  });
  return names;
}

function renamed(object: KubernetesObject, { name, namespace }: NewName): KubernetesObject {
  const own = namespace === '' ? { name } : { name, namespace };
  return { ...object, metadata: { ...metadataOf(object), ...own } };
}

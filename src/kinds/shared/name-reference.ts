import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { Reference, ReferenceType } from '../reference.ts';

/** Which objects a name is looked up among. `namespace` is '' for a cluster-scoped kind. */
export interface NamedKind extends GroupKind {
  readonly namespace: string;
}

/** What a reference says besides its type, field and target. */
export type ReferenceDetails = Pick<
  Reference,
  'optional' | 'key' | 'port' | 'namespaceField' | 'nameFormat' | 'inKey'
> & {
  readonly uid?: string | undefined;
};

/** The namespace that a namespaced object lives in. */
export function namespaceOrDefault(object: JsonObject): string {
  return namespaceOf(object) ?? DEFAULT_NAMESPACE;
}

/** A reference by a name that is known already. */
export function referenceTo(
  type: ReferenceType,
  field: Path,
  target: NamedKind & { readonly name: string },
  details: ReferenceDetails = {},
): Reference {
  const { uid, ...rest } = details;
  const { group, kind, namespace, name } = target;
  return {
    type,
    field,
    target: { by: 'name', group, kind, namespace, name, ...(uid !== undefined && { uid }) },
    ...rest,
  };
}

/** The reference whose name stands at `field`, in a list of one; an empty list where no name stands there. */
export function nameReference(
  object: JsonObject,
  type: ReferenceType,
  field: Path,
  target: NamedKind,
  details?: ReferenceDetails,
): readonly Reference[] {
  const name = nameAt(object, ...field);
  return name === undefined ? [] : [referenceTo(type, field, { ...target, name }, details)];
}

/** The reference of `{name, namespace}` at `path`; without a namespace the name is looked up in `defaultNamespace`. */
export function namespacedReference(
  object: JsonObject,
  type: ReferenceType,
  path: Path,
  target: GroupKind & { readonly defaultNamespace: string },
  details?: ReferenceDetails,
): readonly Reference[] {
  const namespaceField = [...path, 'namespace'];
  const written = nameAt(object, ...namespaceField);
  const namespace = written ?? target.defaultNamespace;
  return nameReference(
    object,
    type,
    [...path, 'name'],
    { group: target.group, kind: target.kind, namespace },
    written === undefined ? details : { ...details, namespaceField },
  );
}

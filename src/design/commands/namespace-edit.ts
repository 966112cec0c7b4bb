import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE, objectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { Design, DesignRecord } from '../design.ts';

/** An object that named no namespace and moves to `default` needs no field; any other move writes it. */
export function namespaceEdit(record: DesignRecord, namespace: string): Edit {
  return namespace === DEFAULT_NAMESPACE && namespaceOf(record.object) === undefined
    ? { op: 'delete', path: ['metadata', 'namespace'] }
    : { op: 'set', path: ['metadata', 'namespace'], value: namespace };
}

/** Which identities a design holds already, while objects move among them. Objects without a name take none. */
export class TakenIdentities {
  private readonly taken = new Set<ObjectIdentity>();

  constructor(design: Design) {
    for (const { identity, object } of design.records.values()) if (nameOf(object) !== '') this.taken.add(identity);
  }

  /** Takes the identity that a record will have; answers it where another record has it already. */
  take(record: DesignRecord, namespace: string): ObjectIdentity | undefined {
    const name = nameOf(record.object);
    if (name === '') return undefined;
    const identity = objectIdentity(groupVersionKindOf(record.object), namespace, name);
    if (this.taken.has(identity)) return identity;
    this.taken.add(identity);
    return undefined;
  }
}

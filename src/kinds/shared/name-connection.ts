import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { Connection, ConnectionId } from '../kind.ts';
import { ALREADY, refuseOtherNamespace } from './same-namespace.ts';

/** An arrow that writes the target's name into one field, in place of the name that stands there now. */
export function nameConnection(
  id: ConnectionId,
  to: GroupKind & { readonly sameNamespace?: true },
  path: Path,
): Connection {
  const { group, kind, sameNamespace } = to;
  return {
    id,
    to: { group, kind },
    connect: (source, target) => {
      const refusal = sameNamespace && refuseOtherNamespace(source, target);
      if (refusal) return refusal;
      const name = nameOf(target);
      if (name === '') return { refused: 'connect.noMeaning' };
      if (nameAt(source, ...path) === name) return ALREADY;
      return { source: [{ op: 'set', path, value: name }] };
    },
  };
}

import { nameOf } from '../../apimachinery/object.ts';
import { identities } from '../view/keys.ts';
import type { Check } from './check.ts';

/** Two objects of one kind, namespace and name: applied together, the later one wins. */
export const duplicateIdentity: Check = {
  name: 'duplicate-identity',
  look(record, view) {
    if (nameOf(record.object) === '') return [];
    const [before] = view.members(identities, record.identity);
    if (!before || before.id === record.id) return [];
    return [
      {
        id: 'identity.duplicate',
        severity: 'warning',
        record: record.id,
        field: ['metadata', 'name'],
        related: [before.id],
        params: { identity: record.identity, file: before.file },
      },
    ];
  },
};

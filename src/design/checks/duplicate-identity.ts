import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Check } from './check.ts';

/** Two objects of one kind, namespace and name: applied together, the later one wins. */
export const duplicateIdentity: Check = {
  name: 'duplicate-identity',
  find({ design }) {
    const first = new Map<string, DesignRecord>();
    const problems: Problem[] = [];
    for (const record of design.records.values()) {
      if (nameOf(record.object) === '') continue;
      const before = first.get(record.identity);
      if (!before) first.set(record.identity, record);
      else {
        problems.push({
          id: 'identity.duplicate',
          severity: 'warning',
          record: record.id,
          field: ['metadata', 'name'],
          related: [before.id],
          params: { identity: record.identity, file: before.file },
        });
      }
    }
    return problems;
  },
};

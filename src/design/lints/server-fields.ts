import { objectAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { perRecord } from './spots.ts';

/** Fields that only the API server writes. */
export const serverFields: Lint = {
  id: 'server-fields',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: perRecord(({ object }) => {
    const metadata = objectAt(object, 'metadata') ?? {};
    return FIELDS.flatMap((field) =>
      Object.hasOwn(metadata, field) ? [{ at: ['metadata', field], params: { field: `metadata.${field}` } }] : [],
    );
  }),
  fix: removeIt,
};

const FIELDS = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink', 'managedFields'];

import type { Lint } from './lint.ts';
import { unused } from './unused.ts';

/** PersistentVolumeClaims that nothing here uses. */
export const unusedClaim: Lint = {
  id: 'unused-claim',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: unused('PersistentVolumeClaim'),
};

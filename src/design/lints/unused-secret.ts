import type { Lint } from './lint.ts';
import { unused } from './unused.ts';

/** Secrets that nothing here uses. */
export const unusedSecret: Lint = {
  id: 'unused-secret',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: unused('Secret'),
};

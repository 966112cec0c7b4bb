import type { Lint } from './lint.ts';
import { unused } from './unused.ts';

/** ServiceAccounts that nothing here uses. */
export const unusedServiceAccount: Lint = {
  id: 'unused-service-account',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: unused('ServiceAccount'),
};

import type { Lint } from './lint.ts';
import { unused } from './unused.ts';

/** ConfigMaps that nothing here uses. */
export const unusedConfigMap: Lint = {
  id: 'unused-config-map',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: unused('ConfigMap'),
};

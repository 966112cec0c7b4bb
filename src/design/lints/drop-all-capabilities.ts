import { arrayAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { fixOf } from '../fixes/one-edit.ts';
import { onLinux } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { isPrivileged } from './privileged.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that keep capabilities they may not need. */
export const dropAllCapabilities: Lint = {
  id: 'drop-all-capabilities',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }) =>
    isPrivileged(container) || arrayAt(container, ...DROP).some((name) => /^all$/i.test(String(name)))
      ? NO_SPOTS
      : [{ at: DROP }],
  ),
  fix: onLinux(({ record, field }) => [
    fixOf('addTo', { field: formatFieldPath(field), value: 'ALL' }, record, {
      op: 'append',
      path: field,
      value: 'ALL',
    }),
  ]),
};

const DROP = ['securityContext', 'capabilities', 'drop'];

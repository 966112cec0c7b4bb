import { arrayAt } from '../../base/json.ts';
import { names, perRule } from './access.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS } from './spots.ts';

/** Roles that may read every Secret of their reach. */
export const roleReadsSecrets: Lint = {
  id: 'role-reads-secrets',
  group: 'access',
  severity: 'info',
  defaultOn: true,
  find: perRule(({ rule, at }) => {
    const isNarrow = arrayAt(rule, 'resourceNames').length > 0;
    const verb = ['get', 'list', 'watch'].find((name) => names(rule, 'verbs', name));
    return !isNarrow && verb !== undefined && names(rule, 'apiGroups', '') && names(rule, 'resources', 'secrets')
      ? [{ at, params: { verb } }]
      : NO_SPOTS;
  }),
};

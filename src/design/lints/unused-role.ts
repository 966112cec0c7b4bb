import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Roles that nothing binds. */
export const unusedRole: Lint = {
  id: 'unused-role',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: perObject('Role', ['rbac.authorization.k8s.io/v1'], ({ id }, { graph }) =>
    graph.incoming(id).length === 0 ? [{ at: [] }] : NO_SPOTS,
  ),
};

import { names, perRule } from './access.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS } from './spots.ts';

/** Roles that may run commands inside Pods. */
export const roleCanExec: Lint = {
  id: 'role-can-exec',
  group: 'access',
  severity: 'warning',
  defaultOn: true,
  find: perRule(({ rule, at }) => {
    const subresource = ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'].find((name) =>
      names(rule, 'resources', name),
    );
    const verb = ['create', 'get', 'update', 'patch'].find((name) => names(rule, 'verbs', name));
    return subresource !== undefined && verb !== undefined && names(rule, 'apiGroups', '')
      ? [{ at, params: { resource: subresource } }]
      : NO_SPOTS;
  }),
};

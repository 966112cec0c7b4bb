import { stringAt, valueAt } from '../../base/json.ts';
import { subjectsOf } from './access.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A ClusterRoleBinding that hands out cluster-admin. */
export const clusterAdminRoleBinding: Lint = {
  id: 'cluster-admin-role-binding',
  group: 'access',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'cluster-admin-role-binding',
  find: perObject('ClusterRoleBinding', ['rbac.authorization.k8s.io/v1'], ({ object }) => {
    const role = valueAt(object, 'roleRef');
    const isAdmin = stringAt(role, 'name') === 'cluster-admin' && stringAt(role, 'kind') === 'ClusterRole';
    return isAdmin ? [{ at: ['roleRef', 'name'], params: { subjects: subjectsOf(object) } }] : NO_SPOTS;
  }),
};

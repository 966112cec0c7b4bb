import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { UserInfo } from '../../messages.ts';
import type { View } from '../../client/view.ts';
import type { ApiServerState } from '../state.ts';
import { nodeAllows } from './node.ts';
import { rbacAllows } from './rbac.ts';
import type { RbacViews } from './rbac.ts';

/** Whether a user may do something: the Node authorizer or RBAC says yes, as kubeadm sets them up. */
export function isAllowed(state: ApiServerState, user: UserInfo, attributes: AuthorizationAttributes): boolean {
  if (state.settings.authorization === 'AlwaysAllow') return true;
  const views = rbacViews(state);
  return nodeAllows(state, views, user, attributes) || rbacAllows(views, user, attributes);
}

function rbacViews({ caches }: ApiServerState): RbacViews {
  const view = (plural: string): View => caches.get(`${plural}.rbac.authorization.k8s.io`)!.view;
  return {
    clusterRoles: view('clusterroles'),
    clusterRoleBindings: view('clusterrolebindings'),
    roles: view('roles'),
    roleBindings: view('rolebindings'),
  };
}

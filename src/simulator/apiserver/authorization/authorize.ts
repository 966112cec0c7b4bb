import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { AuthorizationDecision } from '../../../cel/library/authorizer.ts';
import { View } from '../../client/view.ts';
import type { UserInfo } from '../../messages.ts';
import type { ApiServerState } from '../state.ts';
import { authorizeNode } from './node.ts';
import type { Decision } from './node.ts';
import type { NodeGraph } from './node-graph.ts';
import { rbacAllows, roleAllows } from './rbac.ts';
import { rbacReason } from './rbac-reason.ts';
import type { RbacViews } from './rbac.ts';

/** Whether a user may do something: the Node authorizer or RBAC says yes, as kubeadm sets them up. */
export function authorize(state: ApiServerState, user: UserInfo, attributes: AuthorizationAttributes): Decision {
  if (state.settings.authorization === 'AlwaysAllow') return 'allow';
  const views = rbacViews(state);
  const isRule = (asked: AuthorizationAttributes): boolean => roleAllows(views, 'system:node', asked);
  const ofNode = authorizeNode(nodeGraph(state), user, attributes, isRule);
  return ofNode === 'allow' || !rbacAllows(views, user, attributes) ? ofNode : 'allow';
}

export function isAllowed(state: ApiServerState, user: UserInfo, attributes: AuthorizationAttributes): boolean {
  return authorize(state, user, attributes) === 'allow';
}

/** The same with the authorizer's words. Who is in `system:masters`, and a Node, is let through without any. */
export function decide(
  state: ApiServerState,
  user: UserInfo,
  attributes: AuthorizationAttributes,
): AuthorizationDecision {
  const decision = authorize(state, user, attributes);
  if (decision !== 'allow') return { allowed: false, reason: decision.reason, error: '' };
  const isPlain = state.settings.authorization !== 'AlwaysAllow' && !user.groups.includes('system:masters');
  return { allowed: true, reason: isPlain ? rbacReason(rbacViews(state), user, attributes) : '', error: '' };
}

function nodeGraph({ caches, settings }: ApiServerState): NodeGraph {
  const view = (key: string): View => caches.get(key)?.view ?? View.empty();
  return {
    registry: settings.kinds.registry,
    pods: view('pods'),
    volumes: view('persistentvolumes'),
    attachments: view('volumeattachments.storage.k8s.io'),
    slices: view('resourceslices.resource.k8s.io'),
  };
}

export function rbacViews({ caches }: ApiServerState): RbacViews {
  const view = (plural: string): View => caches.get(`${plural}.rbac.authorization.k8s.io`)!.view;
  return {
    clusterRoles: view('clusterroles'),
    clusterRoleBindings: view('clusterrolebindings'),
    roles: view('roles'),
    roleBindings: view('rolebindings'),
  };
}

import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import type { UserInfo } from '../../messages.ts';
import type { ApiServerState } from '../state.ts';
import { roleAllows } from './rbac.ts';
import type { RbacViews } from './rbac.ts';

const NODES = 'system:nodes';
const NODE_USER = 'system:node:';

/** Kinds of which a Node reads only what a Pod on it uses. */
const READ_THROUGH_PODS: Readonly<Record<string, string>> = {
  secrets: 'Secret',
  configmaps: 'ConfigMap',
  persistentvolumeclaims: 'PersistentVolumeClaim',
};

/**
 * What kubelets may do: the rules of `system:node`, and of the objects that Pods use those that a Pod on the Node uses.
 * Source: plugin/pkg/auth/authorizer/node/node_authorizer.go, 1.36.
 */
export function nodeAllows(
  state: ApiServerState,
  views: RbacViews,
  user: UserInfo,
  attributes: AuthorizationAttributes,
): boolean {
  if (!user.groups.includes(NODES) || !user.name.startsWith(NODE_USER)) return false;
  const kind = attributes.group === '' ? READ_THROUGH_PODS[attributes.resource] : undefined;
  if (kind !== undefined && attributes.subresource === undefined)
    return usesObject(state, user.name.slice(NODE_USER.length), kind, attributes);
  return roleAllows(views, 'system:node', attributes);
}

function usesObject(
  state: ApiServerState,
  node: string,
  kind: string,
  { verb, namespace, name }: AuthorizationAttributes,
): boolean {
  if (verb !== 'get' && verb !== 'list' && verb !== 'watch') return false;
  const pods = state.caches.get('pods')!.view.indexed('node', node);
  const { registry } = state.settings.kinds;
  return pods.some((pod) => {
    if (namespaceOf(pod) !== namespace) return false;
    return registry
      .of(pod)
      .references(pod)
      .some(
        ({ target }) => target.by === 'name' && target.kind === kind && target.group === '' && target.name === name,
      );
  });
}

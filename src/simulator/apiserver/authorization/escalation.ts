import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { jsonEqual, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiRequest } from '../../messages.ts';
import { resourceKey } from '../served-resources.ts';
import type { Server } from '../state.ts';
import { notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import { isAllowed, rbacViews } from './authorize.ts';
import { compactRules, policyRulesOf, printRules, printTexts, uncoveredRules } from './policy-rule.ts';
import type { PolicyRule } from './policy-rule.ts';
import { rulesFor } from './rbac.ts';

const GROUP = 'rbac.authorization.k8s.io';
const ROLES = ['roles', 'clusterroles'];
const BINDINGS = ['rolebindings', 'clusterrolebindings'];

/**
 * Nobody gives away what they do not have: who writes a role or a binding must hold all that it grants, or be allowed to
 * `escalate` or `bind`.
 * Source: pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased/storage.go, escalation_check.go,
 * validation/rule.go `ConfirmNoEscalation`, 1.36.
 */
export function refusedEscalation(
  server: Server,
  request: ApiRequest,
  object: KubernetesObject,
  old: KubernetesObject | undefined,
): Refusal | undefined {
  const { resource, user } = request;
  const isRole = ROLES.includes(resource.plural);
  if (resource.group !== GROUP || (!isRole && !BINDINGS.includes(resource.plural))) return undefined;
  if (user.groups.includes('system:masters') || (old !== undefined && isCollectorsChange(object, old)))
    return undefined;
  if (isFree(server, request, object, isRole)) return undefined;
  const granted = isRole ? policyRulesOf(object) : rulesOfRole(server, request, object);
  if ('code' in granted) return granted;
  const views = rbacViews(server.state);
  const held = rulesFor(views, user, request.namespace).flatMap(policyRulesOf);
  const missing = uncoveredRules(held, granted);
  if (missing.length === 0) return undefined;
  const words = `user ${JSON.stringify(user.name)} (groups=${printTexts(user.groups)}) is attempting to grant RBAC permissions not currently held:\n${printRules(compactRules(missing)).join('\n')}`;
  const name = nameOf(object);
  return {
    code: 403,
    reason: 'Forbidden',
    message: `${resourceKey(resource)} ${JSON.stringify(name)} is forbidden: ${words}`,
    details: { name, group: GROUP, kind: resource.plural },
  };
}

/** Source: `RoleEscalationAuthorized`, `BindingAuthorized`. */
function isFree({ state }: Server, request: ApiRequest, object: KubernetesObject, isRole: boolean): boolean {
  const { resource, user, namespace, name } = request;
  const place = namespace === undefined ? {} : { namespace };
  if (isRole) {
    const named = name === undefined ? {} : { name };
    return isAllowed(state, user, { verb: 'escalate', group: GROUP, resource: resource.plural, ...place, ...named });
  }
  const kind = stringAt(object, 'roleRef', 'kind');
  const plural = kind === 'ClusterRole' ? 'clusterroles' : 'roles';
  const roleName = stringAt(object, 'roleRef', 'name') ?? '';
  return isAllowed(state, user, { verb: 'bind', group: GROUP, resource: plural, ...place, name: roleName });
}

/** Source: rule.go `GetRoleReferenceRules`. */
function rulesOfRole(server: Server, request: ApiRequest, binding: KubernetesObject): readonly PolicyRule[] | Refusal {
  const { state } = server;
  const views = rbacViews(state);
  const kind = stringAt(binding, 'roleRef', 'kind') ?? '';
  const name = stringAt(binding, 'roleRef', 'name') ?? '';
  const isCluster = kind === 'ClusterRole';
  if (!isCluster && kind !== 'Role')
    return { code: 500, reason: '', message: `unsupported role reference kind: ${JSON.stringify(kind)}` };
  const role = isCluster ? views.clusterRoles.get(undefined, name) : views.roles.get(request.namespace, name);
  if (role !== undefined) return policyRulesOf(role);
  const resource = state.resources.get(`${isCluster ? 'clusterroles' : 'roles'}.${GROUP}`);
  return resource === undefined ? [] : notFound(resource, name);
}

/** Source: pkg/registry/rbac/helpers.go `IsOnlyMutatingGCFields`, 1.36. */
export function isCollectorsChange(object: KubernetesObject, old: KubernetesObject): boolean {
  return jsonEqual(withoutCollectors(object), withoutCollectors(old));
}

function withoutCollectors(object: KubernetesObject): KubernetesObject {
  const { ownerReferences: _, finalizers: __, managedFields: ___, ...metadata } = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata };
}

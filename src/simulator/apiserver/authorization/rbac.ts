import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, stringAt } from '../../../base/json.ts';
import type { View } from '../../client/view.ts';
import type { UserInfo } from '../../messages.ts';

/** The four kinds that say who may do what, as the API server's caches hold them. */
export interface RbacViews {
  readonly clusterRoles: View;
  readonly clusterRoleBindings: View;
  readonly roles: View;
  readonly roleBindings: View;
}

interface Rule {
  readonly verbs: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly paths: readonly string[];
}

/** Who may do everything, whatever the roles say. Source: staging/src/k8s.io/apiserver/pkg/authentication/user, 1.36. */
const MASTERS = 'system:masters';

/**
 * Whether a user may do something by RBAC.
 * Source: plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go, 1.36.
 */
export function rbacAllows(views: RbacViews, user: UserInfo, attributes: AuthorizationAttributes): boolean {
  if (user.groups.includes(MASTERS)) return true;
  if (clusterRules(views, user).some((rule) => ruleAllows(rule, attributes))) return true;
  const { namespace } = attributes;
  return namespace !== undefined && namespaceRules(views, user, namespace).some((rule) => ruleAllows(rule, attributes));
}

/** The roles that a user has, in a namespace too where there is one. Source: rule.go `RulesFor`. */
export function rulesFor(views: RbacViews, user: UserInfo, namespace: string | undefined): readonly KubernetesObject[] {
  const ofCluster = views.clusterRoleBindings.list().filter((binding) => isBound(binding, user));
  const ofNamespace =
    namespace === undefined ? [] : views.roleBindings.list(namespace).filter((binding) => isBound(binding, user));
  return [...ofCluster, ...ofNamespace].flatMap((binding) => roleOf(views, binding) ?? []);
}

/** The role that a binding gives; undefined where it is not there. */
export function roleOf(views: RbacViews, binding: KubernetesObject): KubernetesObject | undefined {
  return stringAt(binding, 'roleRef', 'kind') === 'ClusterRole'
    ? views.clusterRoles.get(undefined, roleNameOf(binding))
    : views.roles.get(namespaceOf(binding), roleNameOf(binding));
}

/** Whether a rule of a ClusterRole, by name, allows something; for users whose role no binding gives. */
export function roleAllows(views: RbacViews, role: string, attributes: AuthorizationAttributes): boolean {
  return rulesOf(views.clusterRoles.get(undefined, role)).some((rule) => ruleAllows(rule, attributes));
}

/** Source: pkg/apis/rbac/v1/evaluation_helpers.go, 1.36. */
export function ruleAllows(
  { verbs, groups, resources, names, paths }: Rule,
  attributes: AuthorizationAttributes,
): boolean {
  const { verb, group, resource, subresource, name, path } = attributes;
  if (path !== undefined)
    return (verbs.has('*') || verbs.has(verb)) && paths.some((allowed) => coversPath(allowed, path));
  const whole = subresource === undefined || subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    (verbs.has('*') || verbs.has(verb)) &&
    (groups.has('*') || groups.has(group)) &&
    (resources.has('*') || resources.has(whole) || (whole !== resource && resources.has(`*/${subresource ?? ''}`))) &&
    (names.size === 0 || names.has(name ?? ''))
  );
}

/** `*` at the end stands for everything that follows. */
function coversPath(allowed: string, path: string): boolean {
  return allowed.endsWith('*') ? path.startsWith(allowed.slice(0, -1)) : allowed === path;
}

const rules = new WeakMap<KubernetesObject, readonly Rule[]>();

/** The rules of a role; none where it is not there. */
export function rulesOf(role: KubernetesObject | undefined): readonly Rule[] {
  if (role === undefined) return [];
  let known = rules.get(role);
  if (known === undefined) rules.set(role, (known = arrayAt(role, 'rules').map(ruleFrom)));
  return known;
}

function ruleFrom(rule: JsonValue): Rule {
  const set = (field: string): ReadonlySet<string> =>
    new Set(arrayAt(rule, field).flatMap((entry) => asString(entry) ?? []));
  return {
    verbs: set('verbs'),
    groups: set('apiGroups'),
    resources: set('resources'),
    names: set('resourceNames'),
    paths: [...set('nonResourceURLs')],
  };
}

/** Rules by user; the bindings and roles that they come from are the same views. */
interface Known {
  readonly roles: View;
  readonly clusterRoles: View;
  readonly byUser: Map<string, readonly Rule[]>;
}

const known = new WeakMap<View, Known>();

function remembered(bindings: View, views: RbacViews, key: string, make: () => readonly Rule[]): readonly Rule[] {
  let entry = known.get(bindings);
  if (entry === undefined || entry.roles !== views.roles || entry.clusterRoles !== views.clusterRoles)
    known.set(bindings, (entry = { roles: views.roles, clusterRoles: views.clusterRoles, byUser: new Map() }));
  let found = entry.byUser.get(key);
  if (found === undefined) entry.byUser.set(key, (found = make()));
  return found;
}

function clusterRules(views: RbacViews, user: UserInfo): readonly Rule[] {
  return remembered(views.clusterRoleBindings, views, userKey(user), () =>
    views.clusterRoleBindings
      .list()
      .filter((binding) => isBound(binding, user))
      .flatMap((binding) => rulesOf(views.clusterRoles.get(undefined, roleNameOf(binding)))),
  );
}

function namespaceRules(views: RbacViews, user: UserInfo, namespace: string): readonly Rule[] {
  return remembered(views.roleBindings, views, `${namespace} ${userKey(user)}`, () =>
    views.roleBindings
      .list(namespace)
      .filter((binding) => isBound(binding, user))
      .flatMap((binding) => rulesOf(roleOf(views, binding))),
  );
}

function userKey({ name, groups }: UserInfo): string {
  return `${name} ${groups.join(' ')}`;
}

function roleNameOf(binding: KubernetesObject): string {
  return stringAt(binding, 'roleRef', 'name') ?? '';
}

function isBound(binding: KubernetesObject, user: UserInfo): boolean {
  return arrayAt(binding, 'subjects').some((subject) => isSubject(subject, binding, user));
}

/** Whether a subject of a binding is the user, or a group that the user is in. */
export function isSubject(subject: JsonValue, binding: KubernetesObject, { name, groups }: UserInfo): boolean {
  const subjectName = stringAt(subject, 'name') ?? '';
  switch (stringAt(subject, 'kind')) {
    case 'User':
      return subjectName === name;
    case 'Group':
      return groups.includes(subjectName);
    case 'ServiceAccount':
      return (
        name === `system:serviceaccount:${stringAt(subject, 'namespace') ?? namespaceOf(binding) ?? ''}:${subjectName}`
      );
    default:
      return false;
  }
}

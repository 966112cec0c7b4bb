import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { UserInfo } from '../../messages.ts';
import { isSubject, roleOf, rulesOf, ruleAllows } from './rbac.ts';
import type { RbacViews } from './rbac.ts';

/**
 * Which binding lets a user do something, in RBAC's words; '' where none does.
 * Source: plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go, 1.36.2.
 */
export function rbacReason(views: RbacViews, user: UserInfo, attributes: AuthorizationAttributes): string {
  const { namespace } = attributes;
  const bindings = [
    ...views.clusterRoleBindings.list(),
    ...(namespace === undefined ? [] : views.roleBindings.list(namespace)),
  ];
  for (const binding of bindings) {
    const subject = arrayAt(binding, 'subjects').find((candidate) => isSubject(candidate, binding, user));
    if (subject === undefined || !rulesOf(roleOf(views, binding)).some((rule) => ruleAllows(rule, attributes)))
      continue;
    return `RBAC: allowed by ${describe(binding, subject)}`;
  }
  return '';
}

function describe(binding: KubernetesObject, subject: JsonValue): string {
  const own = namespaceOf(binding);
  const name = own === undefined ? nameOf(binding) : `${nameOf(binding)}/${own}`;
  const [roleKind = '', role = ''] = [stringAt(binding, 'roleRef', 'kind'), stringAt(binding, 'roleRef', 'name')];
  const [kind = '', plain = ''] = [stringAt(subject, 'kind'), stringAt(subject, 'name')];
  const who = kind === 'ServiceAccount' ? `${plain}/${stringAt(subject, 'namespace') ?? own ?? ''}` : plain;
  return `${binding.kind} "${name}" of ${roleKind} "${role}" to ${kind} "${who}"`;
}

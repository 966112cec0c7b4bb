import { describe, expect } from 'vitest';
import type { AuthorizationAttributes } from '../../../admission/cluster-view.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import { View } from '../../client/view.ts';
import { rbacAllows } from './rbac.ts';
import type { RbacViews } from './rbac.ts';
import upstream from './testdata/rbac.json';

type Asked = AuthorizationAttributes & { readonly user: string; readonly groups: readonly string[] };

interface Case {
  readonly name: string;
  readonly roles: readonly { readonly name: string; readonly rules: readonly JsonObject[] }[];
  readonly bindings: readonly {
    readonly namespace?: string;
    readonly role: string;
    readonly kind: string;
    readonly subjects: readonly JsonObject[];
  }[];
  readonly shouldPass: readonly Asked[];
  readonly shouldFail: readonly Asked[];
}

const API = 'rbac.authorization.k8s.io/v1';
const source = { area: 'kube-apiserver', file: upstream.source, release: upstream.release } as const;

function roleOf(name: string, rules: readonly JsonObject[]): KubernetesObject {
  return { apiVersion: API, kind: 'ClusterRole', metadata: { name }, rules };
}

function viewsOf({ roles, bindings }: Pick<Case, 'roles' | 'bindings'>): RbacViews {
  let [clusterRoles, clusterRoleBindings, roleBindings] = [View.empty(), View.empty(), View.empty()];
  for (const { name, rules } of roles) clusterRoles = clusterRoles.with(1, name, roleOf(name, rules));
  for (const [index, { namespace, role, kind, subjects }] of bindings.entries()) {
    const name = `b${index}`;
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: role };
    const binding: KubernetesObject = {
      apiVersion: API,
      kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
      metadata: namespace === undefined ? { name } : { name, namespace },
      roleRef,
      subjects,
    };
    if (namespace === undefined) clusterRoleBindings = clusterRoleBindings.with(1, name, binding);
    else roleBindings = roleBindings.with(1, `${namespace}/${name}`, binding);
  }
  return { clusterRoles, clusterRoleBindings, roles: View.empty(), roleBindings };
}

function isAllowed(views: RbacViews, { user, groups, namespace, ...attributes }: Asked): boolean {
  const asked = namespace === '' || namespace === undefined ? attributes : { ...attributes, namespace };
  return rbacAllows(views, { name: user, groups }, asked);
}

describe('RBAC', () => {
  upstreamEach(source, 'TestAuthorizer')(upstream.authorizer as unknown as readonly Case[])('$name', (one) => {
    const views = viewsOf(one);
    for (const asked of one.shouldPass) expect([asked, isAllowed(views, asked)]).toEqual([asked, true]);
    for (const asked of one.shouldFail) expect([asked, isAllowed(views, asked)]).toEqual([asked, false]);
  });

  interface RuleCase {
    readonly name: string;
    readonly rule: JsonObject;
    readonly requests: readonly (readonly [AuthorizationAttributes, boolean])[];
  }
  upstreamEach(source, 'TestRuleMatches')(upstream.rules as unknown as readonly RuleCase[])('$name', (one) => {
    const subjects = [{ kind: 'User', name: 'joe' }];
    const views = viewsOf({
      roles: [{ name: 'role', rules: [one.rule] }],
      bindings: [{ role: 'role', kind: 'ClusterRole', subjects }],
    });
    for (const [request, expected] of one.requests)
      expect([request, isAllowed(views, { ...request, user: 'joe', groups: [] })]).toEqual([request, expected]);
  });
});

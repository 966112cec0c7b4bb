import type { JsonObject } from '../../base/json.ts';
import type { UserInfo } from '../messages.ts';
import { rbacViews } from './authorization/authorize.ts';
import { nodeNameOf } from './authorization/node.ts';
import { policyRulesOf } from './authorization/policy-rule.ts';
import type { PolicyRule } from './authorization/policy-rule.ts';
import { rulesFor } from './authorization/rbac.ts';
import type { ApiServerState } from './state.ts';

const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/**
 * What a user may do in a namespace, as far as the authorizers can list it: the status of a SelfSubjectRulesReview.
 * Source: pkg/registry/authorization/selfsubjectrulesreview/rest.go, plugin/pkg/auth/authorizer/{rbac/rbac,node/node_authorizer}.go
 * `RulesFor`, 1.36.2.
 */
export function rulesReviewed(state: ApiServerState, user: UserInfo, namespace: string): JsonObject {
  const rules =
    state.settings.authorization === 'AlwaysAllow'
      ? EVERYTHING
      : rulesFor(rbacViews(state), user, namespace).flatMap(policyRulesOf);
  const isNode = nodeNameOf(user) !== undefined;
  return {
    resourceRules: rules
      .filter(({ resources = [] }) => resources.length > 0)
      .map(({ verbs = [], apiGroups, resources, resourceNames }) => ({
        verbs,
        ...(apiGroups === undefined ? {} : { apiGroups }),
        ...(resources === undefined ? {} : { resources }),
        ...(resourceNames === undefined ? {} : { resourceNames }),
      })),
    nonResourceRules: rules
      .filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0)
      .map(({ verbs = [], nonResourceURLs = [] }) => ({ verbs, nonResourceURLs })),
    incomplete: isNode,
    ...(isNode ? { evaluationError: 'node authorizer does not support user rule resolution' } : {}),
  };
}

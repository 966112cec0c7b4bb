import type { AuthorizationDecision, AuthorizationQuestion, CelAuthorizer } from '../../cel/library/authorizer.ts';
import { resourceCheckValue } from '../../cel/library/authorizer.ts';
import type { AdmissionRequest, UserInfo } from '../admission-request.ts';
import type { AuthorizationAttributes, ClusterView } from '../cluster-view.ts';
import type { PolicyAuthorizer } from './policy-evaluation.ts';

/** The authorizer that expressions ask about the user of a request, and about service accounts. */
export function policyAuthorizer(request: AdmissionRequest, cluster: ClusterView): PolicyAuthorizer {
  const user = authorizerOf(request.user, cluster);
  const { resource, subresource, namespace, name } = request;
  return { user, requestResource: resourceCheckValue(user, { ...resource, subresource, namespace, name }) };
}

function authorizerOf(user: UserInfo, cluster: ClusterView): CelAuthorizer {
  return {
    authorize: (question) => decide(user, attributesOf(question), cluster),
    ofServiceAccount: (namespace, name) => authorizerOf(serviceAccountUser(namespace, name), cluster),
  };
}

function decide(user: UserInfo, attributes: AuthorizationAttributes, cluster: ClusterView): AuthorizationDecision {
  return cluster.decide?.(user, attributes) ?? { allowed: cluster.authorize(user, attributes), reason: '', error: '' };
}

function attributesOf(question: AuthorizationQuestion): AuthorizationAttributes {
  if ('path' in question) return { path: question.path, verb: question.verb, group: '', resource: '' };
  const { verb, group, resource, ...rest } = question;
  const said = Object.entries(rest).filter(([, text]) => text !== '');
  return { verb, group, resource, ...Object.fromEntries(said) };
}

/** Source: staging/src/k8s.io/apiserver/pkg/authentication/serviceaccount/util.go `UserInfo`, 1.36.2. */
function serviceAccountUser(namespace: string, name: string): UserInfo {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
  };
}

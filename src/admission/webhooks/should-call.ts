import { arrayAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import { formatGroupResource } from '../admission-request.ts';
import type { Refusal } from '../answer.ts';
import { notFound } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NAMESPACE } from '../cluster-view.ts';
import { askMatchConditions } from '../policies/match-conditions.ts';
import { isProblem, matchResources } from '../policies/match-resources.ts';
import type { PolicyVariables } from '../policies/policy-expressions.ts';
import { policyInputs } from '../policies/policy-inputs.ts';
import type { RequestForm } from '../policies/policy-request.ts';
import { equivalentForms } from '../policies/policy-request.ts';
import type { Webhook } from './webhook-hooks.ts';

/**
 * As what a webhook is asked about a request: undefined where it is not, a refusal where nobody can tell. `formsOf`: as what
 * else the request could have been sent.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/generic/webhook.go `ShouldCallHook`, 1.36.2.
 */
export function shouldCall(
  { spec, isIgnored, matchConditions }: Webhook,
  request: AdmissionRequest,
  cluster: ClusterView,
  formsOf = equivalentForms,
): RequestForm | Refusal | undefined {
  const rules = arrayAt(spec, 'rules');
  if (rules.length === 0) return undefined;
  const constraints = {
    namespaceSelector: spec['namespaceSelector'] ?? {},
    objectSelector: spec['objectSelector'] ?? {},
    matchPolicy: stringAt(spec, 'matchPolicy') ?? 'Exact',
    resourceRules: rules,
  };
  const match = matchResources(constraints, request, cluster, formsOf);
  if (match === undefined) return undefined;
  if (isProblem(match)) return unknown(match.problem, request, cluster);
  if (matchConditions.length === 0) return match;
  const inputs = policyInputs(request, match, null, undefined, cluster).conditions;
  const answer = askMatchConditions(matchConditions, NO_VARIABLES, inputs, isIgnored);
  if ('error' in answer) return forbiddenFor(request, answer.error);
  return answer.matches ? match : undefined;
}

const NO_VARIABLES: PolicyVariables = new Map();

/** Its namespace is not there, or a selector is none. */
function unknown(problem: string, { namespace }: AdmissionRequest, cluster: ClusterView): Refusal {
  const isThere = namespace === '' || cluster.get(NAMESPACE, '', namespace) !== undefined;
  if (!isThere) return notFound({ group: '', resource: 'namespaces' }, namespace);
  return { code: 500, reason: 'InternalError', message: problem, details: {} };
}

/** Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewForbidden`, 1.36.2. */
function forbiddenFor({ resource, name }: AdmissionRequest, words: string): Refusal {
  const named = name === '' ? '' : ` "${name}"`;
  const message = `${formatGroupResource(resource)}${named} is forbidden: ${words}`;
  const { group, resource: kind } = resource;
  return {
    code: 403,
    reason: 'Forbidden',
    message,
    details: { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind },
  };
}

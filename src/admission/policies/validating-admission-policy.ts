import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { firstBytes } from '../../apimachinery/utf8.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer, Refusal } from '../answer.ts';
import { forbidden, notFound } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NAMESPACE } from '../cluster-view.ts';
import { AuditAnnotations } from './audit-annotations.ts';
import { collectParams } from './collect-params.ts';
import { compileValidatingPolicy } from './compiled-policy.ts';
import { isProblem, matchBinding, matchResources } from './match-resources.ts';
import type { PolicyAnswer, PolicyDecision } from './policy-decisions.ts';
import { decide } from './policy-decisions.ts';
import type { PolicyHook } from './policy-hooks.ts';
import { isExcluded, policyHooks } from './policy-hooks.ts';
import { policyInputs } from './policy-inputs.ts';
import { namespaceForExpressions } from './policy-request.ts';

const GROUP = 'admissionregistration.k8s.io';
const POLICY = { group: GROUP, kind: 'ValidatingAdmissionPolicy' };
const BINDING = { group: GROUP, kind: 'ValidatingAdmissionPolicyBinding' };

/** A decision against a request, and whose it is. */
interface Denial {
  readonly policy: KubernetesObject;
  /** Undefined where the policy itself is to blame. */
  readonly binding: KubernetesObject | undefined;
  readonly decision: Pick<PolicyDecision, 'message' | 'reason'>;
}

/** What all policies say of a request. */
interface Outcome {
  readonly denials: Denial[];
  readonly warnings: string[];
  readonly annotations: AuditAnnotations;
}

/** Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/dispatcher.go `Dispatch`, 1.36.2. */
export const validatingAdmissionPolicy: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  validate(request, cluster): Answer {
    if (isExcluded(request)) return undefined;
    const hooks = policyHooks(POLICY, BINDING, cluster);
    if (hooks.length === 0) return undefined;
    const outcome: Outcome = { denials: [], warnings: [], annotations: new AuditAnnotations() };
    for (const hook of hooks) {
      const missing = askHook(hook, request, cluster, outcome);
      if (missing !== undefined) return missing;
    }
    const [first] = outcome.denials;
    const said = { warnings: outcome.warnings, auditAnnotations: outcome.annotations.published() };
    return first === undefined ? said : { ...refusalOf(first, request), ...said };
  },
};

/** A refusal where the namespace of the request is not there. */
function askHook(
  hook: PolicyHook,
  request: AdmissionRequest,
  cluster: ClusterView,
  { denials, warnings, annotations }: Outcome,
): Refusal | undefined {
  const { policy } = hook;
  const isIgnored = stringAt(policy, 'spec', 'failurePolicy') === 'Ignore';
  const fail = (message: string, binding?: KubernetesObject): void => {
    const decision = { message: `failed to configure ${binding ? 'binding' : 'policy'}: ${message}`, reason: '' };
    if (!isIgnored) denials.push({ policy, binding, decision });
  };
  const constraints = objectAt(policy, 'spec', 'matchConstraints');
  if (constraints === undefined) return void fail('policy contained no match constraints, a required field');
  const match = matchResources(constraints, request, cluster);
  if (match === undefined) return undefined;
  if (isProblem(match)) return void fail(match.problem);
  if (hook.configurationError !== undefined) return void fail(hook.configurationError);
  for (const binding of hook.bindings) {
    const own = matchBinding(binding, request, cluster);
    if (own === undefined) continue;
    const params = isProblem(own) ? own.problem : collectParams(hook.paramKind, binding, request.namespace, cluster);
    if (typeof params === 'string') {
      fail(params, binding);
      continue;
    }
    const namespaceName = namespaceForExpressions(request);
    const namespace = namespaceName === '' ? undefined : cluster.get(NAMESPACE, '', namespaceName);
    if (namespaceName !== '' && namespace === undefined)
      return notFound({ group: '', resource: 'namespaces' }, namespaceName);
    for (const param of params) {
      const inputs = policyInputs(request, match, param, namespace, cluster);
      const answer = decide(compileValidatingPolicy(policy), inputs, isIgnored);
      for (const decision of decisionsOf(answer, binding, policy, warnings, annotations))
        denials.push({ policy, binding, decision });
    }
  }
  annotations.close(nameOf(policy));
  return undefined;
}

/** The decisions that refuse the request; of the others the binding says whether they warn or are written down. */
function* decisionsOf(
  { decisions, auditAnnotations }: PolicyAnswer,
  binding: KubernetesObject,
  policy: KubernetesObject,
  warnings: string[],
  annotations: AuditAnnotations,
): Iterable<Denial['decision']> {
  const actions = arrayAt(binding, 'spec', 'validationActions').map(String);
  for (const [index, decision] of decisions.entries()) {
    if (decision.action === 'admit') continue;
    for (const action of actions) {
      if (action === 'Deny') yield decision;
      else if (action === 'Audit') annotations.addFailure(binding, index, decision.message, actions);
      else if (action === 'Warn')
        warnings.push(
          `Validation failed for ValidatingAdmissionPolicy '${nameOf(policy)}' with binding '${nameOf(binding)}': ${decision.message}`,
        );
    }
  }
  for (const { key, action, value, error } of auditAnnotations) {
    if (action === 'publish') annotations.add(key, firstBytes(value, AuditAnnotations.MAX_VALUE_BYTES));
    else if (action === 'error') yield { message: error, reason: '' };
  }
}

/** Source: policy_decision.go `reasonToCode`. */
const CODES: Readonly<Record<string, readonly [Refusal['code'], Refusal['reason']]>> = {
  Forbidden: [403, 'Forbidden'],
  Unauthorized: [401, 'Unauthorized'],
  RequestEntityTooLarge: [413, 'RequestEntityTooLarge'],
  Invalid: [422, 'Invalid'],
};

function refusalOf({ policy, binding, decision }: Denial, request: AdmissionRequest): Refusal {
  const by = binding === undefined ? '' : ` with binding '${nameOf(binding)}'`;
  const message = `ValidatingAdmissionPolicy '${nameOf(policy)}'${by} denied request: ${decision.message}`;
  const [code, reason] = CODES[decision.reason] ?? CODES['Invalid']!;
  const objects = [policy, ...(binding === undefined ? [] : [binding])].map((object) => ({
    group: GROUP,
    kind: object.kind,
    namespace: '',
    name: nameOf(object),
  }));
  return { ...forbidden(request, message, { causes: [{ reason: '', message }], objects }), code, reason };
}

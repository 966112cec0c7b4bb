import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { jsonEqual, objectAt, stringAt } from '../../base/json.ts';
import { defaultedObject } from '../../kinds/patched-object.ts';
import { objectInVersion } from '../../kinds/equivalent-versions.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer, Refusal } from '../answer.ts';
import { forbidden, isRefusal, notFound } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NAMESPACE } from '../cluster-view.ts';
import { ReinvocationContext } from '../reinvocation-context.ts';
import { collectParams } from './collect-params.ts';
import { compileMutatingPolicy } from './compiled-policy.ts';
import { askMatchConditions } from './match-conditions.ts';
import { isProblem, matchBinding, matchResources } from './match-resources.ts';
import { mutateObject } from './mutate-object.ts';
import { isExcluded, policyHooks } from './policy-hooks.ts';
import type { PolicyHook } from './policy-hooks.ts';
import { policyInputs } from './policy-inputs.ts';
import { POLICY_REINVOCATION } from './policy-reinvocation.ts';
import type { PolicyReinvocation } from './policy-reinvocation.ts';
import type { RequestForm } from './policy-request.ts';
import { namespaceForExpressions } from './policy-request.ts';

const GROUP = 'admissionregistration.k8s.io';
const POLICY = { group: GROUP, kind: 'MutatingAdmissionPolicy' };
const BINDING = { group: GROUP, kind: 'MutatingAdmissionPolicyBinding' };

/** A policy asked for one binding with one set of parameters. */
interface Invocation {
  readonly policy: KubernetesObject;
  readonly binding: KubernetesObject;
  readonly param: KubernetesObject | null;
  readonly form: RequestForm;
}

/** Why a policy could not do its work. */
interface PolicyError {
  readonly policy: KubernetesObject;
  /** Undefined where the policy itself is to blame. */
  readonly binding?: KubernetesObject | undefined;
  readonly message: string;
  readonly reason: Refusal['reason'];
}

/** Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/generic/policy_dispatcher.go `Dispatch`, 1.36.2. */
export const mutatingAdmissionPolicy: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE', 'CONNECT'],
  admit(request, cluster): Answer {
    if (isExcluded(request)) return undefined;
    const hooks = policyHooks(POLICY, BINDING, cluster);
    if (hooks.length === 0) return undefined;
    const errors: PolicyError[] = [];
    const invocations = hooks.flatMap((hook) => invocationsOf(hook, request, cluster, errors));
    const changed = invocations.length === 0 ? request.object : new Mutation(request, cluster, errors).run(invocations);
    if (isRefusal(changed)) return changed;
    const [first, ...more] = errors.filter(({ policy }) => stringAt(policy, 'spec', 'failurePolicy') !== 'Ignore');
    if (first !== undefined) return refusalOf([first, ...more], request);
    return changed === undefined || changed === request.object ? undefined : { object: changed };
  },
};

function invocationsOf(
  hook: PolicyHook,
  request: AdmissionRequest,
  cluster: ClusterView,
  errors: PolicyError[],
): readonly Invocation[] {
  const { policy } = hook;
  const fail = (words: string, binding?: KubernetesObject): readonly Invocation[] => {
    const message = `failed to configure ${binding ? 'binding' : 'policy'}: ${words}`;
    errors.push({ policy, binding, message, reason: 'Forbidden' });
    return [];
  };
  const constraints = objectAt(policy, 'spec', 'matchConstraints');
  if (constraints === undefined) return fail('policy contained no match constraints, a required field');
  const form = matchResources(constraints, request, cluster);
  if (form === undefined) return [];
  if (isProblem(form)) return fail(form.problem);
  if (hook.configurationError !== undefined) return fail(hook.configurationError);
  return hook.bindings.flatMap((binding): readonly Invocation[] => {
    const own = matchBinding(binding, request, cluster);
    if (own === undefined) return [];
    if (isProblem(own)) return fail(own.problem, binding);
    const params = collectParams(hook.paramKind, binding, request.namespace, cluster);
    if (typeof params === 'string') return fail(params, binding);
    return params.map((param) => ({ policy, binding, param, form }));
  });
}

/** The policies at work on one request. Source: mutating/dispatcher.go `dispatchInvocations`. */
class Mutation {
  private readonly request: AdmissionRequest;
  private readonly cluster: ClusterView;
  private readonly errors: PolicyError[];
  private readonly context: ReinvocationContext;
  private readonly policies: PolicyReinvocation;

  constructor(request: AdmissionRequest, cluster: ClusterView, errors: PolicyError[]) {
    this.request = request;
    this.cluster = cluster;
    this.errors = errors;
    this.context = request.reinvocation ?? new ReinvocationContext();
    this.policies = this.context.valueOf(POLICY_REINVOCATION);
  }

  /** The object as all policies leave it; a refusal where there is no going on. */
  run(invocations: readonly Invocation[]): KubernetesObject | undefined | Refusal {
    const { request, cluster, context, policies } = this;
    if (context.isReinvoke && policies.isChangedSinceLast(request.object)) policies.requireInvokedAgain();
    const namespaceName = namespaceForExpressions(request);
    const namespace = namespaceName === '' ? undefined : cluster.get(NAMESPACE, '', namespaceName);
    if (namespaceName !== '' && namespace === undefined)
      return notFound({ group: '', resource: 'namespaces' }, namespaceName);
    let current = request.object;
    for (const invocation of invocations) {
      const after = this.invoke(invocation, current, namespace);
      if (isRefusal(after)) return after;
      current = after;
    }
    policies.setLastOutput(current);
    return current;
  }

  private invoke(
    invocation: Invocation,
    object: KubernetesObject | undefined,
    namespace: KubernetesObject | undefined,
  ): KubernetesObject | undefined | Refusal {
    const { cluster, context, policies } = this;
    const { policy, binding, param, form } = invocation;
    const { variables, matchConditions, mutations } = compileMutatingPolicy(policy);
    const inputsOf = (now: KubernetesObject | undefined): ReturnType<typeof policyInputs> =>
      policyInputs(
        now === undefined ? this.request : { ...this.request, object: now },
        form,
        param,
        namespace,
        cluster,
      );
    const fail = (message: string): void => void this.errors.push({ policy, binding, message, reason: 'Invalid' });
    if (matchConditions.length > 0) {
      const isIgnored = stringAt(policy, 'spec', 'failurePolicy') === 'Ignore';
      const answer = askMatchConditions(matchConditions, variables, inputsOf(object).conditions, isIgnored);
      if ('error' in answer) fail(answer.error);
      if ('error' in answer || !answer.matches) return object;
    }
    const key = keyOf(invocation);
    if (context.isReinvoke && !policies.shouldReinvoke(key)) return object;
    let current = object;
    for (const mutation of mutations) {
      if (current === undefined || mutation === undefined) continue;
      const inForm = objectInVersion(current, form.kind, cluster.kinds);
      const mutated = mutateObject(mutation, inForm, inputsOf(current).validations, variables, cluster.kinds);
      if (!mutated.ok && mutated.fatal)
        return { code: 500, reason: 'InternalError', message: mutated.message, details: {} };
      if (mutated.ok) current = defaultedObject(mutated.object, cluster.kinds);
      else fail(mutated.message);
    }
    if (current !== object && !jsonEqual(current ?? null, object ?? null)) {
      policies.requireInvokedAgain();
      context.shouldReinvoke = true;
    }
    if (stringAt(policy, 'spec', 'reinvocationPolicy') === 'IfNeeded') policies.addInvoked(key);
    return current;
  }
}

function keyOf({ policy, binding, param }: Invocation): string {
  const named = param === null ? '' : `${namespaceOf(param) ?? ''}/${nameOf(param)}`;
  return [nameOf(policy), nameOf(binding), named].join(' ');
}

function refusalOf(errors: readonly PolicyError[], request: AdmissionRequest): Refusal {
  const causes = errors.map((error) => ({ reason: '', message: wordsOf(error) }));
  const { policy, binding, reason } = errors[0]!;
  const objects = [policy, ...(binding === undefined ? [] : [binding])].map((object) => ({
    group: GROUP,
    kind: object.kind,
    namespace: '',
    name: nameOf(object),
  }));
  return { ...forbidden(request, '', { causes, objects }), message: causes[0]!.message, reason };
}

function wordsOf({ policy, binding, message }: PolicyError): string {
  return binding === undefined
    ? `policy "${nameOf(policy)}" denied request: ${message}`
    : `policy '${nameOf(policy)}' with binding '${nameOf(binding)}' denied request: ${message}`;
}

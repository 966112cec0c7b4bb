import { policyKinds } from '../../../kinds/policy-kinds.ts';
import { typeCheckPolicy } from '../../../admission/policies/type-checking.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt } from '../../../base/json.ts';
import { DEFINITIONS, resourceOfDefinition } from '../../apiserver/custom-resources/definition.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { VALIDATING_ADMISSION_POLICIES } from '../resources.ts';

const MANAGER = 'validatingadmissionpolicy-status';

/**
 * Tells in the status of a policy, once for each generation, where types in its expressions do not fit.
 * Source: pkg/controller/validatingadmissionpolicystatus/controller.go, 1.36.2.
 */
export const validatingAdmissionPolicyStatus: Controller = {
  name: 'validatingadmissionpolicy-status-controller',
  workers: 5,
  watches: [
    {
      resource: VALIDATING_ADMISSION_POLICIES,
      keysOf: ({ type, key }) => (type === 'DELETED' ? [] : [key]),
    },
    // What is served of them is asked for while a policy is looked at; nothing is looked at again because of them.
    { resource: DEFINITIONS, keysOf: () => [] },
  ],
  reconcile(context, key) {
    const policy = context.view(VALIDATING_ADMISSION_POLICIES).getKey(key);
    return policy === undefined ? undefined : sync(context, policy);
  },
};

function sync(context: ReconcileContext, policy: KubernetesObject): Outcome | void {
  const generation = numberAt(policy, 'metadata', 'generation') ?? 0;
  if (generation <= (numberAt(policy, 'status', 'observedGeneration') ?? 0)) return undefined;
  const definitions = context
    .view(DEFINITIONS)
    .list()
    .filter((definition) => resourceOfDefinition(definition) !== undefined);
  const moment = (context.nowMs % 1000) * 1_000_000;
  const warnings = typeCheckPolicy(policy, policyKinds({ definitions, moment }));
  const expressionWarnings = warnings.map(({ fieldRef, warning }) => ({ fieldRef, warning }));
  const written = context.api.call({
    verb: 'patch',
    resource: VALIDATING_ADMISSION_POLICIES,
    name: nameOf(policy),
    subresource: 'status',
    options: { patchType: 'apply', fieldManager: MANAGER, force: true },
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: nameOf(policy) },
      status: {
        observedGeneration: generation,
        typeChecking: expressionWarnings.length === 0 ? {} : { expressionWarnings },
      },
    },
  });
  return written.ok ? undefined : { failed: written.message };
}

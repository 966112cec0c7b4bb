import type { KindDefinition } from '../kind.ts';
import { admissionPolicyDefinition } from '../shared/admission-policy.ts';

export const mutatingAdmissionPolicy: KindDefinition = admissionPolicyDefinition(
  {
    kind: 'MutatingAdmissionPolicy',
    resource: 'mutatingadmissionpolicies',
    fields: [
      'spec.matchConstraints.resourceRules',
      'spec.mutations[*].patchType',
      'spec.mutations[*].applyConfiguration.expression',
      'spec.mutations[*].jsonPatch.expression',
      'spec.reinvocationPolicy',
      'spec.paramKind',
      'spec.failurePolicy',
    ],
  },
  {
    matchConstraints: {
      resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }],
    },
    mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } }],
    reinvocationPolicy: 'Never',
  },
);

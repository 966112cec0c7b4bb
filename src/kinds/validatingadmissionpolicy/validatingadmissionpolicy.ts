import type { KindDefinition } from '../kind.ts';
import { admissionPolicyDefinition } from '../shared/admission-policy.ts';

export const validatingAdmissionPolicy: KindDefinition = admissionPolicyDefinition(
  {
    kind: 'ValidatingAdmissionPolicy',
    resource: 'validatingadmissionpolicies',
    fields: [
      'spec.matchConstraints.resourceRules',
      'spec.validations[*].expression',
      'spec.validations[*].message',
      'spec.paramKind',
      'spec.failurePolicy',
      'spec.matchConditions',
    ],
  },
  {
    matchConstraints: {
      resourceRules: [
        { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] },
      ],
    },
    validations: [{ expression: 'object.spec.replicas <= 5' }],
  },
);

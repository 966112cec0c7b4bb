import type { KindDefinition } from '../kind.ts';
import { admissionPolicyBindingDefinition } from '../shared/admission-policy.ts';

export const mutatingAdmissionPolicyBinding: KindDefinition = admissionPolicyBindingDefinition(
  {
    kind: 'MutatingAdmissionPolicyBinding',
    resource: 'mutatingadmissionpolicybindings',
    fields: ['spec.policyName', 'spec.paramRef.name', 'spec.matchResources'],
  },
  'MutatingAdmissionPolicy',
  {},
);

import type { KindDefinition } from '../kind.ts';
import { admissionPolicyBindingDefinition } from '../shared/admission-policy.ts';

export const validatingAdmissionPolicyBinding: KindDefinition = admissionPolicyBindingDefinition(
  {
    kind: 'ValidatingAdmissionPolicyBinding',
    resource: 'validatingadmissionpolicybindings',
    fields: ['spec.policyName', 'spec.validationActions', 'spec.paramRef.name', 'spec.matchResources'],
  },
  'ValidatingAdmissionPolicy',
  { validationActions: ['Deny'] },
);

import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { defaultAdmissionPolicyBinding } from '../shared/defaults/admission.ts';
import { validatePolicyBinding } from '../shared/validation/admission-policy.ts';
import { validateMutatingOperations } from '../shared/validation/admission-rules.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');

/** Source: pkg/registry/admissionregistration/mutatingadmissionpolicybinding/strategy.go, 1.36. */
export const mutatingAdmissionPolicyBindingStrategy: KindStrategy = {
  group: 'admissionregistration.k8s.io',
  kind: 'MutatingAdmissionPolicyBinding',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: defaultAdmissionPolicyBinding,
  validate: (object) => [
    ...validatePolicyBinding(valueAt(object, 'spec'), SPEC),
    ...validateMutatingOperations(valueAt(object, 'spec', 'matchResources'), SPEC.child('matchResources')),
  ],
  warnings: staticSuffixWarnings,
};

import { defaultAdmissionPolicy } from '../shared/defaults/admission.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateValidatingAdmissionPolicy } from './validatingadmissionpolicy.validation.ts';

/** Source: pkg/registry/admissionregistration/validatingadmissionpolicy/strategy.go, 1.36. */
export const validatingAdmissionPolicyStrategy: KindStrategy = {
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicy',
  hasStatus: true,
  hasGeneration: true,
  setDefaults: defaultAdmissionPolicy,
  validate: validateValidatingAdmissionPolicy,
  warnings: staticSuffixWarnings,
};

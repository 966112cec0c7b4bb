import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, required } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { defaultAdmissionPolicyBinding } from '../shared/defaults/admission.ts';
import { validatePolicyBinding } from '../shared/validation/admission-policy.ts';
import { NONE, textsAt, validateEnum } from '../shared/validation/fields.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');
const ACTIONS = ['Audit', 'Deny', 'Warn'];
const BOTH =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';

/**
 * Source: pkg/registry/admissionregistration/validatingadmissionpolicybinding/strategy.go and
 * pkg/apis/admissionregistration/validation/validation.go, 1.36.
 */
export const validatingAdmissionPolicyBindingStrategy: KindStrategy = {
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicyBinding',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: defaultAdmissionPolicyBinding,
  validate: (object) => [
    ...validatePolicyBinding(valueAt(object, 'spec'), SPEC),
    ...validateActions(textsAt(object, 'spec', 'validationActions'), SPEC.child('validationActions')),
  ],
  warnings: staticSuffixWarnings,
};

function validateActions(actions: readonly string[], path: ValidationPath): readonly FieldError[] {
  if (actions.length === 0) return [required(path, 'at least one validation action is required')];
  const isBoth = actions.includes('Deny') && actions.includes('Warn');
  return [
    ...actions.flatMap((action, index) => [
      ...validateEnum(action, path.index(index), ACTIONS),
      ...(actions.indexOf(action) < index ? [duplicate(path.index(index), action)] : NONE),
    ]),
    ...(isBoth ? [invalid(path, actions, BOTH)] : NONE),
  ];
}

import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { defaultAdmissionPolicy } from '../shared/defaults/admission.ts';
import {
  validatePolicyConditions,
  validatePolicyHead,
  validateVariables,
} from '../shared/validation/admission-policy.ts';
import { validateMutatingOperations } from '../shared/validation/admission-rules.ts';
import {
  NONE,
  pointerAt,
  textAt,
  validateEach,
  validateEnum,
  validateRequiredEnum,
} from '../shared/validation/fields.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import { REINVOCATION_POLICIES } from '../shared/validation/webhooks.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');
/** The field of each type of patch. */
const PATCHES: ReadonlyMap<string, string> = new Map([
  ['ApplyConfiguration', 'applyConfiguration'],
  ['JSONPatch', 'jsonPatch'],
]);

/**
 * Whether CEL expressions compile is not looked at.
 * Source: pkg/registry/admissionregistration/mutatingadmissionpolicy/strategy.go and
 * pkg/apis/admissionregistration/validation/validation.go, 1.36.
 */
export const mutatingAdmissionPolicyStrategy: KindStrategy = {
  group: 'admissionregistration.k8s.io',
  kind: 'MutatingAdmissionPolicy',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: defaultAdmissionPolicy,
  validate,
  warnings: staticSuffixWarnings,
};

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  return [
    ...validatePolicyHead(spec, SPEC, (match) => validateMutatingOperations(match, SPEC.child('matchConstraints'))),
    ...validatePolicyConditions(spec, SPEC, old),
    ...validateVariables(spec, SPEC),
    ...(arrayAt(spec, 'mutations').length === 0
      ? [required(SPEC.child('mutations'), 'mutations must contain at least one item')]
      : validateEach(valueAt(spec, 'mutations'), SPEC.child('mutations'), validateMutation)),
    ...validateRequiredEnum(
      textAt(spec, 'reinvocationPolicy'),
      SPEC.child('reinvocationPolicy'),
      REINVOCATION_POLICIES,
    ),
  ];
}

function validateMutation(mutation: JsonValue, path: ValidationPath): readonly FieldError[] {
  const type = textAt(mutation, 'patchType');
  const wanted = PATCHES.get(type);
  if (type === '') return [required(path.child('patchType'))];
  if (wanted === undefined) return validateEnum(type, path.child('patchType'), [...PATCHES.keys()]);
  const other = wanted === 'jsonPatch' ? 'applyConfiguration' : 'jsonPatch';
  const patch = pointerAt(mutation, wanted);
  const isEmpty = patch !== undefined && textAt(patch, 'expression').trim() === '';
  return [
    ...(patch === undefined ? [required(path.child(wanted), `must be specified when patchType is ${type}`)] : NONE),
    ...(isEmpty ? [required(path.child(wanted, 'expression'))] : NONE),
    ...(pointerAt(mutation, other) === undefined
      ? NONE
      : [invalid(path.child(other), `{${other}}`, `must not be specified when patchType is ${type}`)]),
  ];
}

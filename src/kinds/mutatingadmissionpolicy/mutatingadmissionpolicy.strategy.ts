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
import { PolicyExpressions } from '../shared/validation/policy-expressions.ts';
import { staticSuffixWarnings } from '../shared/validation/static-suffix.ts';
import { REINVOCATION_POLICIES } from '../shared/validation/webhooks.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');
/** The type of patch of each field. */
const PATCH_TYPES = { applyConfiguration: 'ApplyConfiguration', jsonPatch: 'JSONPatch' } as const;
const PATCHES = ['applyConfiguration', 'jsonPatch'] as const;

/**
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
  const expressions = new PolicyExpressions(spec, true);
  return [
    ...validatePolicyHead(spec, SPEC, (match) => validateMutatingOperations(match, SPEC.child('matchConstraints'))),
    ...validatePolicyConditions(spec, SPEC, old),
    ...validateVariables(spec, SPEC, expressions),
    ...(arrayAt(spec, 'mutations').length === 0
      ? [required(SPEC.child('mutations'), 'mutations must contain at least one item')]
      : validateEach(valueAt(spec, 'mutations'), SPEC.child('mutations'), (mutation, path) =>
          validateMutation(mutation, path, expressions),
        )),
    ...validateRequiredEnum(
      textAt(spec, 'reinvocationPolicy'),
      SPEC.child('reinvocationPolicy'),
      REINVOCATION_POLICIES,
    ),
  ];
}

function validateMutation(
  mutation: JsonValue,
  path: ValidationPath,
  expressions: PolicyExpressions,
): readonly FieldError[] {
  const type = textAt(mutation, 'patchType');
  const wanted = PATCHES.find((field) => PATCH_TYPES[field] === type);
  if (type === '') return [required(path.child('patchType'))];
  if (wanted === undefined)
    return validateEnum(
      type,
      path.child('patchType'),
      PATCHES.map((field) => PATCH_TYPES[field]),
    );
  const other = wanted === 'jsonPatch' ? 'applyConfiguration' : 'jsonPatch';
  const patch = pointerAt(mutation, wanted);
  const expression = textAt(patch, 'expression').trim();
  const expressionPath = path.child(wanted, 'expression');
  return [
    ...(patch === undefined ? [required(path.child(wanted), `must be specified when patchType is ${type}`)] : NONE),
    ...(patch !== undefined && expression === '' ? [required(expressionPath)] : NONE),
    ...(expression === '' ? NONE : expressions.errors(wanted, expression, expressionPath)),
    ...(pointerAt(mutation, other) === undefined
      ? NONE
      : [invalid(path.child(other), `{${other}}`, `must not be specified when patchType is ${type}`)]),
  ];
}

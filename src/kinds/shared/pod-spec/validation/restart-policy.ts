import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, invalid, required, tooMany } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach, validateEnum, validateRequiredEnum } from '../../validation/fields.ts';

const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;

/**
 * `restartPolicy` of one container and its rules, beta and on in 1.36.
 * Source: pkg/apis/core/validation/validation.go `validateContainerRestartPolicy`, 1.36.
 */
export function validateContainerRestartPolicy(container: JsonValue, path: ValidationPath): readonly FieldError[] {
  const rules = arrayAt(container, 'restartPolicyRules');
  const hasPolicy = pointerAt(container, 'restartPolicy') !== undefined;
  if (!hasPolicy && rules.length === 0) return NONE;
  return [
    ...validatePolicy(hasPolicy, textAt(container, 'restartPolicy'), path.child('restartPolicy')),
    ...validateRules(rules, path.child('restartPolicyRules')),
  ];
}

function validatePolicy(written: boolean, policy: string, path: ValidationPath): readonly FieldError[] {
  if (!written) return [required(path, 'must specify restartPolicy when restart rules are used')];
  return validateEnum(policy, path, ['Always', 'Never', 'OnFailure']);
}

function validateRules(rules: readonly JsonValue[], path: ValidationPath): readonly FieldError[] {
  return [
    ...(rules.length > MAX_RULES ? [tooMany(path, rules.length, MAX_RULES)] : NONE),
    ...validateEach(rules, path, (rule, rulePath) => [
      ...validateEnum(textAt(rule, 'action'), rulePath.child('action'), ['Restart', 'RestartAllContainers']),
      ...validateExitCodes(pointerAt(rule, 'exitCodes'), rulePath.child('exitCodes')),
    ]),
  ];
}

function validateExitCodes(codes: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (codes === undefined) return [required(path, 'must be specified')];
  const { length } = arrayAt(codes, 'values');
  return [
    ...validateEnum(textAt(codes, 'operator'), path.child('operator'), ['In', 'NotIn']),
    ...(length > MAX_EXIT_CODES ? [tooMany(path.child('values'), length, MAX_EXIT_CODES)] : NONE),
  ];
}

/** An init container's: without a policy of its own it can have no rules, and upstream says only that. */
export function validateInitContainerRestartPolicy(container: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(container, 'restartPolicy') !== undefined) return validateContainerRestartPolicy(container, path);
  if (arrayAt(container, 'restartPolicyRules').length === 0) return NONE;
  return validatePolicy(false, '', path.child('restartPolicy'));
}

/** `restartPolicy` of the Pod. */
export function validateRestartPolicy(policy: string, path: ValidationPath): readonly FieldError[] {
  return validateRequiredEnum(policy, path, ['Always', 'OnFailure', 'Never']);
}

/** `resizePolicy` of a container. Most errors name the list, as upstream. */
export function validateResizePolicy(
  policies: JsonValue | undefined,
  path: ValidationPath,
  podRestartPolicy: string,
): readonly FieldError[] {
  const resources = new Set<string>();
  return validateEach(policies, path, (policy, policyPath) => {
    const [resource, restart] = [textAt(policy, 'resourceName'), textAt(policy, 'restartPolicy')];
    const errors = resources.has(resource) ? [duplicate(policyPath, resource)] : [];
    resources.add(resource);
    errors.push(...validateRequiredEnum(resource, path, ['cpu', 'memory']));
    errors.push(...validateRequiredEnum(restart, path, ['NotRequired', 'RestartContainer']));
    if (podRestartPolicy === 'Never' && restart !== 'NotRequired') {
      errors.push(invalid(path, restart, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
    return errors;
  });
}

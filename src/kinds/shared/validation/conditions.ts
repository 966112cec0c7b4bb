import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required, tooLong } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import { NONE, integerAt, textAt, validateEach } from './fields.ts';
import { validateLabelName } from './messages.ts';

const STATUSES = ['False', 'True', 'Unknown'];
const REASON = /^[A-Za-z](?:[A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;
const REASON_WORDS =
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";
const MAX_REASON_BYTES = 1024;
const MAX_MESSAGE_BYTES = 32 * 1024;

/**
 * Conditions of the common form.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go `ValidateConditions`, 1.36.
 */
export function validateConditions(list: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const seen = new Set<string>();
  return validateEach(list, path, (condition, at) => {
    const type = textAt(condition, 'type');
    const isSecond = seen.has(type);
    seen.add(type);
    return [...(isSecond ? [duplicate(at.child('type'), type)] : NONE), ...validateCondition(condition, at)];
  });
}

function validateCondition(condition: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [status, reason, message] = ['status', 'reason', 'message'].map((field) => textAt(condition, field)) as [
    string,
    string,
    string,
  ];
  const generation = integerAt(condition, 'observedGeneration');
  return [
    ...validateLabelName(textAt(condition, 'type'), path.child('type')),
    ...(STATUSES.includes(status) ? NONE : [notSupported(path.child('status'), status, STATUSES)]),
    ...(generation < 0
      ? [invalid(path.child('observedGeneration'), generation, 'must be greater than or equal to zero')]
      : NONE),
    ...(textAt(condition, 'lastTransitionTime') === '' ? [required(path.child('lastTransitionTime'))] : NONE),
    ...validateReason(reason, path.child('reason')),
    ...(byteLength(message) > MAX_MESSAGE_BYTES ? [tooLong(path.child('message'), MAX_MESSAGE_BYTES)] : NONE),
  ];
}

function validateReason(reason: string, path: ValidationPath): readonly FieldError[] {
  if (reason === '') return [required(path)];
  return [
    ...(REASON.test(reason) ? NONE : [invalid(path, reason, REASON_WORDS)]),
    ...(byteLength(reason) > MAX_REASON_BYTES ? [tooLong(path, MAX_REASON_BYTES)] : NONE),
  ];
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { NONE, textsAt } from './fields.ts';
import { validateLimitedList } from './limited-list.ts';
import { validateLabelName } from './messages.ts';

const checkCondition = (item: JsonValue, at: ValidationPath): readonly FieldError[] =>
  validateLabelName(typeof item === 'string' ? item : '', at);

/**
 * Conditions that a device must have, and must not have, before a Pod is bound with it.
 * Source: pkg/apis/resource/validation/validation.go `validateDeviceBindingParameters`, 1.36.
 */
export function validateDeviceBinding(device: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [yes, no] = ['bindingConditions', 'bindingFailureConditions'] as const;
  const [conditions, failures] = [textsAt(device, yes), textsAt(device, no)];
  return [
    ...validateLimitedList(valueAt(device, yes), path.child(yes), 4, checkCondition),
    ...validateLimitedList(valueAt(device, no), path.child(no), 4, checkCondition),
    ...conditions.flatMap((name, index) =>
      conditions.indexOf(name) < index ? [duplicate(path.child(yes).index(index), name)] : NONE,
    ),
    ...failures.flatMap((name, index) => [
      ...(failures.indexOf(name) < index ? [duplicate(path.child(no).index(index), name)] : NONE),
      ...(conditions.includes(name)
        ? [invalid(path.child(no).index(index), name, `${no} must not overlap with ${yes}`)]
        : NONE),
    ]),
    ...(conditions.length === 0 && failures.length > 0
      ? [invalid(path.child(yes), valueAt(device, yes) ?? null, `${yes} are required to use ${no}`)]
      : NONE),
    ...(failures.length === 0 && conditions.length > 0
      ? [invalid(path.child(no), valueAt(device, no) ?? null, `${no} are required to use ${yes}`)]
      : NONE),
  ];
}

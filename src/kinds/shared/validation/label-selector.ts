import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import { validateLabelValue } from '../../../apimachinery/label-names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, stringAt, valueAt } from '../../../base/json.ts';
import { validateLabels } from './labels.ts';
import { invalidFor, validateLabelName } from './messages.ts';

export interface LabelSelectorOptions {
  /** Because the object before the update had one too. */
  readonly allowInvalidLabelValue?: boolean;
}

/**
 * A `metav1.LabelSelector`; a missing one is good.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, 1.36.
 */
export function validateLabelSelector(
  selector: JsonValue | undefined,
  path: ValidationPath,
  options: LabelSelectorOptions = {},
): readonly FieldError[] {
  if (!isJsonObject(selector)) return [];
  return [
    ...validateLabels(valueAt(selector, 'matchLabels'), path.child('matchLabels')),
    ...arrayAt(selector, 'matchExpressions').flatMap((requirement, index) =>
      validateRequirement(requirement, path.child('matchExpressions').index(index), options),
    ),
  ];
}

function validateRequirement(
  requirement: JsonValue,
  path: ValidationPath,
  { allowInvalidLabelValue }: LabelSelectorOptions,
): readonly FieldError[] {
  const values = arrayAt(requirement, 'values');
  return [
    ...validateOperator(stringAt(requirement, 'operator') ?? '', values.length, path),
    ...validateLabelName(stringAt(requirement, 'key') ?? '', path.child('key')),
    ...(allowInvalidLabelValue
      ? []
      : values.flatMap((value, index) => {
          const text = typeof value === 'string' ? value : '';
          return invalidFor(path.child('values').index(index), text, validateLabelValue(text));
        })),
  ];
}

function validateOperator(operator: string, values: number, path: ValidationPath): readonly FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values > 0 ? [] : [required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values === 0
        ? []
        : [forbidden(path.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    default:
      return [invalid(path.child('operator'), operator, 'not a valid selector operator')];
  }
}

/** Whether an expression has a value that is no label value. */
export function hasInvalidLabelValue(selector: JsonValue | undefined): boolean {
  return arrayAt(selector, 'matchExpressions').some((requirement) =>
    arrayAt(requirement, 'values').some((value) => typeof value === 'string' && validateLabelValue(value).length > 0),
  );
}

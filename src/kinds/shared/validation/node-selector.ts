import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import { validateLabelValue } from '../../../apimachinery/label-names.ts';
import { validateDns1123Subdomain } from '../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, valueAt } from '../../../base/json.ts';
import { NONE, integerAt, textAt, textsAt, validateEach } from './fields.ts';
import { invalidFor, validateLabelName } from './messages.ts';

export interface NodeSelectorOptions {
  /** Because the object before the update had one too. */
  readonly allowInvalidLabelValue?: boolean;
}

/**
 * A selector of Nodes: node affinity of Pods and of volumes.
 * Source: pkg/apis/core/validation/validation.go `ValidateNodeSelector`, 1.36.
 */
export function validateNodeSelector(
  selector: JsonValue,
  path: ValidationPath,
  options: NodeSelectorOptions = {},
): readonly FieldError[] {
  const termsPath = path.child('nodeSelectorTerms');
  const terms = arrayAt(selector, 'nodeSelectorTerms');
  if (terms.length === 0) return [required(termsPath, 'must have at least one node selector term')];
  return validateEach(terms, termsPath, (term, termPath) => validateNodeSelectorTerm(term, termPath, options));
}

export function validateNodeSelectorTerm(
  term: JsonValue | undefined,
  path: ValidationPath,
  options: NodeSelectorOptions = {},
): readonly FieldError[] {
  return [
    ...validateEach(valueAt(term, 'matchExpressions'), path.child('matchExpressions'), (requirement, at) =>
      validateLabelRequirement(requirement, at, options),
    ),
    ...validateEach(valueAt(term, 'matchFields'), path.child('matchFields'), validateFieldRequirement),
  ];
}

/** Terms of preferred node affinity; label values are not looked at. */
export function validatePreferredSchedulingTerms(
  terms: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  return validateEach(terms, path, (term, termPath) => [
    ...validateWeight(term, termPath.child('weight')),
    ...validateNodeSelectorTerm(valueAt(term, 'preference'), termPath.child('preference'), {
      allowInvalidLabelValue: true,
    }),
  ]);
}

export function validateWeight(term: JsonValue, path: ValidationPath): readonly FieldError[] {
  const weight = integerAt(term, 'weight');
  return weight > 0 && weight <= 100 ? NONE : [invalid(path, weight, 'must be in the range 1-100')];
}

function validateLabelRequirement(
  requirement: JsonValue,
  path: ValidationPath,
  { allowInvalidLabelValue }: NodeSelectorOptions,
): readonly FieldError[] {
  const values = textsAt(requirement, 'values');
  return [
    ...validateOperator(textAt(requirement, 'operator'), values.length, path),
    ...validateLabelName(textAt(requirement, 'key'), path.child('key')),
    ...(allowInvalidLabelValue
      ? NONE
      : values.flatMap((value, index) =>
          invalidFor(path.child('values').index(index), value, validateLabelValue(value)),
        )),
  ];
}

function validateOperator(operator: string, values: number, path: ValidationPath): readonly FieldError[] {
  const valuesPath = path.child('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values > 0 ? NONE : [required(valuesPath, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      if (values === 0) return NONE;
      return [forbidden(valuesPath, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      if (values === 1) return NONE;
      return [required(valuesPath, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(path.child('operator'), operator, 'not a valid selector operator')];
  }
}

/** Nodes have one field to select by: their name. */
function validateFieldRequirement(requirement: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [key, operator] = [textAt(requirement, 'key'), textAt(requirement, 'operator')];
  const values = textsAt(requirement, 'values');
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  } else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(path.child('values'), detail));
  }
  if (key !== 'metadata.name') return [...errors, invalid(path.child('key'), key, 'not a valid field selector key')];
  return [
    ...errors,
    ...values.flatMap((value, index) =>
      invalidFor(path.child('values').index(index), value, validateDns1123Subdomain(value)),
    ),
  ];
}

import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { textAt, validateEach } from '../../validation/fields.ts';
import { validateQualifiedName } from '../../validation/messages.ts';

/** `readinessGates`: conditions that others set. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateReadinessGates(gates: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return validateEach(gates, path, (gate, gatePath) =>
    validateQualifiedName(textAt(gate, 'conditionType'), gatePath.child('conditionType')),
  );
}

/** `schedulingGates`: what keeps the scheduler away. Errors name the entry, not its name. */
export function validateSchedulingGates(gates: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const names = new Set<string>();
  return validateEach(gates, path, (gate, gatePath) => {
    const name = textAt(gate, 'name');
    const errors = validateQualifiedName(name, gatePath);
    if (names.has(name)) return [...errors, duplicate(gatePath, name)];
    names.add(name);
    return errors;
  });
}

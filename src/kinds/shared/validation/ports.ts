import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { validatePortName, validatePortNumber } from '../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../base/json.ts';
import { NONE } from './fields.ts';
import { invalidFor } from './messages.ts';

export const PORT_PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

export function validatePort(port: number | bigint, path: ValidationPath): readonly FieldError[] {
  const messages = validatePortNumber(port);
  return messages.length === 0 ? NONE : messages.map((message) => invalid(path, port, message));
}

/**
 * A port given by number or by name; a missing one is the number 0.
 * Source: pkg/apis/core/validation/validation.go `ValidatePortNumOrName`, 1.36.
 */
export function validatePortNumberOrName(port: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (typeof port === 'string') return invalidFor(path, port, validatePortName(port));
  return validatePort(typeof port === 'number' || typeof port === 'bigint' ? port : 0, path);
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, required, tooLong } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject, valueAt } from '../../../base/json.ts';
import { deviceSelectorError, isDeviceSelectorTooComplex } from '../../../cel/device-environment.ts';
import { validateCsiDriverName } from './csi-driver-name.ts';
import { NONE, pointerAt, textAt } from './fields.ts';
import { validateLimitedList } from './limited-list.ts';

/** How many there may be of `config`, of `constraints` and of `selectors`. */
export const MAX_DEVICE_LIST = 32;
/** Of an expression and of parameters. */
const MAX_BYTES = 10 * 1024;

/**
 * `config[]` of a claim or a class. Parameters that are stored already may be of any length.
 * Source: pkg/apis/resource/validation/validation.go `validateDeviceConfiguration`, 1.36.
 */
export function validateDeviceConfiguration(
  config: JsonValue,
  path: ValidationPath,
  isStored = false,
): readonly FieldError[] {
  const opaque = pointerAt(config, 'opaque');
  const opaquePath = path.child('opaque');
  if (opaque === undefined) return [required(opaquePath)];
  return [
    ...validateCsiDriverName(textAt(opaque, 'driver'), opaquePath.child('driver')),
    ...validateDeviceParameters(pointerAt(opaque, 'parameters'), opaquePath.child('parameters'), isStored),
  ];
}

/** An object of any JSON, so long and no longer. Source: the same file, `validateRawExtension`. */
export function validateDeviceParameters(
  parameters: JsonValue | undefined,
  path: ValidationPath,
  isStored = false,
): readonly FieldError[] {
  if (parameters === undefined) return [required(path)];
  if (!isJsonObject(parameters) || !isStored) {
    const text = JSON.stringify(parameters, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
    if (!isStored && byteLength(text) > MAX_BYTES) return [tooLong(path, MAX_BYTES)];
  }
  return isJsonObject(parameters) ? NONE : [invalid(path, '<value omitted>', 'must be a valid JSON object')];
}

/** `selectors` of a request or a class. Source: the same file, `validateSelectorSlice` and `validateCELSelector`. */
export function validateDeviceSelectors(owner: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return validateLimitedList(valueAt(owner, 'selectors'), path.child('selectors'), MAX_DEVICE_LIST, (selector, at) => {
    const cel = pointerAt(selector, 'cel');
    if (cel === undefined) return [required(at.child('cel'))];
    const [expression, expressionPath] = [textAt(cel, 'expression'), at.child('cel', 'expression')];
    if (byteLength(expression) > MAX_BYTES) return [tooLong(expressionPath, MAX_BYTES)];
    const problem = deviceSelectorError(expression);
    if (problem !== undefined) return [invalid(expressionPath, expression, problem)];
    return isDeviceSelectorTooComplex(expression)
      ? [forbidden(expressionPath, 'too complex, exceeds cost limit')]
      : NONE;
  });
}

import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { NONE, isTrueAt, pointerAt, requireText, textAt } from '../shared/validation/fields.ts';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** Source: `ValidateCustomResourceColumnDefinition`. */
export function validateColumn(column: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [type, format] = [textAt(column, 'type'), textAt(column, 'format')];
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  return [
    ...requireText(column, 'name', path),
    ...(type === ''
      ? [required(path.child('type'), types)]
      : COLUMN_TYPES.includes(type)
        ? NONE
        : [invalid(path.child('type'), type, types)]),
    ...(format === '' || COLUMN_FORMATS.includes(format)
      ? NONE
      : [invalid(path.child('format'), format, `must be one of ${COLUMN_FORMATS.join(',')}`)]),
    ...requiredJsonPath(textAt(column, 'jsonPath'), path.child('JSONPath'), []),
  ];
}

/** Source: `ValidateCustomResourceDefinitionSubresources`. */
export function validateSubresources(
  subresources: JsonObject | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const scale = pointerAt(subresources, 'scale');
  if (scale === undefined) return NONE;
  const pathOf = (field: string): string => textAt(scale, field);
  const at = (field: string): ValidationPath => path.child(`scale.${field}`);
  const selector = pathOf('labelSelectorPath');
  return [
    ...requiredJsonPath(pathOf('specReplicasPath'), at('specReplicasPath'), ['.spec']),
    ...requiredJsonPath(pathOf('statusReplicasPath'), at('statusReplicasPath'), ['.status']),
    ...(selector === '' ? NONE : jsonPathUnder(selector, at('labelSelectorPath'), ['.spec', '.status'])),
  ];
}

function requiredJsonPath(text: string, path: ValidationPath, under: readonly string[]): readonly FieldError[] {
  return text === '' ? [required(path)] : jsonPathUnder(text, path, under);
}

function jsonPathUnder(text: string, path: ValidationPath, under: readonly string[]): readonly FieldError[] {
  if (!text.startsWith('.')) return [invalid(path, text, 'must be a simple json path starting with .')];
  if (under.length === 0 || under.some((start) => text.startsWith(`${start}.`))) return NONE;
  return [invalid(path, text, `should be a json path under ${under.length > 1 ? 'either ' : ''}${under.join(' or ')}`)];
}

/** Source: `validateDeprecationWarning`. */
export function validateDeprecation(version: JsonObject, path: ValidationPath): readonly FieldError[] {
  const warning = stringAt(version, 'deprecationWarning');
  if (warning === undefined) return NONE;
  const at = path.child('deprecationWarning');
  if (!isTrueAt(version, 'deprecated')) return [invalid(at, warning, 'can only be set for deprecated versions')];
  const bytes = new TextEncoder().encode(warning).length;
  const unprintable = [...warning].findIndex((sign) => sign !== ' ' && !/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(sign));
  const index = new TextEncoder().encode([...warning].slice(0, Math.max(unprintable, 0)).join('')).length;
  return [
    ...(bytes > 256 ? [invalid(at, warning, 'must be <= 256 characters long')] : NONE),
    ...(bytes === 0 ? [invalid(at, warning, 'must not be an empty string')] : NONE),
    ...(unprintable < 0
      ? NONE
      : [
          invalid(
            at,
            warning,
            `must only contain printable UTF-8 characters; non-printable character found at index ${index}`,
          ),
        ]),
  ];
}

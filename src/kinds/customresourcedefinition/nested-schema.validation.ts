import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import { compileGoPattern } from '../../apimachinery/go-pattern.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { isTrueAt, textAt } from '../shared/validation/fields.ts';
import { isFilled, isSet, schemaField, schemaList, schemaMap } from './json-schema.ts';

const EMPTY = 'must be empty to be structural';
const UNDEFINED = 'must be undefined to be structural';
const FALSE = 'must be false to be structural';

/** Fields that only the outer schema may have, how they count as given, and what is said of them. */
const FORBIDDEN: readonly (readonly [
  field: string,
  isGiven: (schema: JsonObject, field: string) => boolean,
  words: string,
])[] = [
  ['type', isFilled, EMPTY],
  ['additionalProperties', givenProperties, UNDEFINED],
  ['default', isSet, UNDEFINED],
  ['title', isFilled, EMPTY],
  ['description', isFilled, EMPTY],
  ['nullable', isTrueAt, FALSE],
  ['x-kubernetes-preserve-unknown-fields', isTrueAt, FALSE],
  ['x-kubernetes-embedded-resource', isTrueAt, FALSE],
  ['x-kubernetes-int-or-string', isTrueAt, FALSE],
  ['x-kubernetes-list-map-keys', isFilled, EMPTY],
  ['x-kubernetes-list-type', isSet, UNDEFINED],
  ['x-kubernetes-map-type', isSet, UNDEFINED],
  ['x-kubernetes-validations', isFilled, EMPTY],
];

/** `false` is the same as nothing. */
function givenProperties(schema: JsonObject, field: string): boolean {
  const value = valueAt(schema, field);
  return value === true || objectAt(schema, field) !== undefined;
}

/** What a schema under `allOf`, `anyOf`, `oneOf` or `not` may not say. Source: `validateNestedValueValidation`. */
export function nestedErrors(schema: JsonObject, path: ValidationPath, skipsAnyOf: boolean): readonly FieldError[] {
  const deeper = [
    ...(skipsAnyOf ? [] : schemaList(schema, 'anyOf', path)),
    ...schemaList(schema, 'allOf', path),
    ...schemaList(schema, 'oneOf', path),
    ...schemaField(schema, 'not', path),
    ...schemaField(schema, 'items', path),
    ...schemaMap(schema, 'properties', path),
  ];
  const errors = [
    ...deeper.flatMap((child) => nestedErrors(child.schema, child.path, false)),
    ...patternErrors(schema, path),
  ];
  for (const [field, isGiven, words] of FORBIDDEN)
    if (isGiven(schema, field)) errors.push(forbidden(path.child(field), words));
  if (objectAt(schema, 'properties', 'metadata') !== undefined)
    errors.push(forbidden(path.child('properties').key('metadata'), 'must not be specified in a nested context'));
  return errors;
}

/** A pattern that Go's regexp package does not take. Source: `validateValueValidation`. */
export function patternErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const pattern = textAt(schema, 'pattern');
  const problem = pattern === '' ? undefined : compileGoPattern(pattern);
  if (typeof problem !== 'string') return [];
  return [invalid(path.child('pattern'), pattern, `must be a valid regular expression, but isn't: ${problem}`)];
}

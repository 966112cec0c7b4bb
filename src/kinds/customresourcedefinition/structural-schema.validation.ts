import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, formatFieldError, invalid, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asArray, asObject, objectAt, valueAt } from '../../base/json.ts';
import { isTrueAt, textAt } from '../shared/validation/fields.ts';
import { isFilled, isSet, schemaField, schemaList, schemaMap } from './json-schema.ts';
import { nestedErrors, patternErrors } from './nested-schema.validation.ts';
import { completenessErrors } from './schema-completeness.validation.ts';

type Level = 'root' | 'item' | 'field';

/** `anyOf` of an integer and a string, which say nothing else. */
function isIntegerOrString(list: JsonValue | undefined): boolean {
  const types = ['integer', 'string'];
  const clauses = asArray(list).map((entry) => asObject(entry) ?? {});
  return clauses.length === 2 && clauses.every((clause, index) => saysOnlyType(clause, types[index]!));
}

function saysOnlyType(clause: JsonObject, type: string): boolean {
  return (
    textAt(clause, 'type') === type &&
    !isSet(clause, 'x-kubernetes-map-type') &&
    !isSet(clause, 'x-kubernetes-list-type') &&
    Object.keys(clause).every((field) => field === 'type' || !saysSomething(valueAt(clause, field)))
  );
}

/** In the order in which the server looks for them. */
const UNSUPPORTED: readonly (readonly [field: string, isGiven: (schema: JsonObject, field: string) => boolean])[] = [
  ['id', isFilled],
  ['$schema', isFilled],
  ['$ref', isFilled],
  ['patternProperties', isFilled],
  ['dependencies', isFilled],
  ['additionalItems', isSet],
  ['definitions', isFilled],
];

/**
 * Why a schema cannot be made structural at all; undefined where it can.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/convert.go `NewStructural`, 1.36.
 */
export function conversionProblem(schema: JsonObject): string | undefined {
  const own = UNSUPPORTED.find(([field, isGiven]) => isGiven(schema, field));
  if (own !== undefined) return `OpenAPIV3Schema '${own[0] === '$schema' ? 'schema' : own[0]}' is not supported`;
  const within = (children: readonly (JsonObject | undefined)[]): string | undefined =>
    children
      .map((child) => (child === undefined ? undefined : conversionProblem(child)))
      .find((it) => it !== undefined);
  const clauses = ['allOf', 'anyOf', 'oneOf'].flatMap((field) => arrayAt(schema, field).map(asObject));
  const nested = within([objectAt(schema, 'not'), ...clauses]);
  if (nested !== undefined) return nested;
  if (valueAt(schema, 'x-kubernetes-preserve-unknown-fields') === false)
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
  if (arrayAt(schema, 'items').length > 0) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  const properties = Object.values(objectAt(schema, 'properties') ?? {}).map(asObject);
  return within([objectAt(schema, 'items'), ...properties, objectAt(schema, 'additionalProperties')]);
}

/**
 * What keeps a schema from being structural, sorted by its words.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/validation.go, 1.36.
 */
export function validateStructural(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const errors = [...invariants(schema, 'root', path), ...completenessErrors(schema, path)];
  return errors
    .map((error) => [formatFieldError(error), error] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, error]) => error);
}

function invariants(schema: JsonObject, level: Level, path: ValidationPath): readonly FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(schema, 'type');
  const additional = valueAt(schema, 'additionalProperties') ?? undefined;
  if (type === 'array' && objectAt(schema, 'items') === undefined)
    errors.push(required(path.child('items'), 'must be specified'));
  for (const child of schemaField(schema, 'items', path)) errors.push(...invariants(child.schema, 'item', child.path));
  for (const child of schemaMap(schema, 'properties', path))
    errors.push(...invariants(child.schema, 'field', child.path));
  if (additional !== undefined && level === 'root')
    errors.push(forbidden(path.child('additionalProperties'), 'must not be used at the root'));
  for (const child of schemaField(schema, 'additionalProperties', path))
    errors.push(...invariants(child.schema, 'field', child.path));
  errors.push(...extensionErrors(schema, path), ...clauseErrors(schema, path), ...patternErrors(schema, path));
  errors.push(...typeErrors(schema, type, level, path));
  if (isTrueAt(schema, 'x-kubernetes-embedded-resource') && additional !== undefined)
    errors.push(
      forbidden(path.child('additionalProperties'), 'must not be used if x-kubernetes-embedded-resource is set'),
    );
  errors.push(...objectFieldErrors(schema, level, path));
  return errors;
}

function extensionErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  if (!isTrueAt(schema, 'x-kubernetes-int-or-string')) return [];
  return ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource']
    .filter((field) => isTrueAt(schema, field))
    .map((field) => invalid(path.child(field), true, 'must be false if x-kubernetes-int-or-string is true'));
}

/** Two ways to write "integer or string" are let pass. */
function clauseErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const skipsAnyOf = isIntegerOrString(valueAt(schema, 'anyOf'));
  const skipsInAllOf = isIntegerOrString(valueAt(schema, 'allOf', 0, 'anyOf'));
  return [
    ...(skipsAnyOf ? [] : schemaList(schema, 'anyOf', path).flatMap((it) => nestedErrors(it.schema, it.path, false))),
    ...schemaList(schema, 'allOf', path).flatMap((it, index) =>
      nestedErrors(it.schema, it.path, skipsInAllOf && index === 0),
    ),
    ...schemaList(schema, 'oneOf', path).flatMap((it) => nestedErrors(it.schema, it.path, false)),
    ...schemaField(schema, 'not', path).flatMap((it) => nestedErrors(it.schema, it.path, false)),
  ];
}

const NO_TYPE: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

function typeErrors(schema: JsonObject, type: string, level: Level, path: ValidationPath): readonly FieldError[] {
  const at = path.child('type');
  const errors: FieldError[] = [];
  const freeOfType =
    isTrueAt(schema, 'x-kubernetes-int-or-string') || isTrueAt(schema, 'x-kubernetes-preserve-unknown-fields');
  if (isTrueAt(schema, 'x-kubernetes-embedded-resource') && type !== 'object') {
    const words = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(at, words) : invalid(at, type, words));
  } else if (type === '' && !freeOfType) errors.push(required(at, NO_TYPE[level]));
  if (level === 'root' && type !== '' && type !== 'object')
    errors.push(invalid(at, type, 'must be object at the root'));
  return errors;
}

/** The fields that every object has, at the root and in embedded objects. */
function objectFieldErrors(schema: JsonObject, level: Level, path: ValidationPath): readonly FieldError[] {
  const embedded = isTrueAt(schema, 'x-kubernetes-embedded-resource');
  const errors: FieldError[] = [];
  const checks = level === 'root' || embedded;
  for (const field of ['kind', 'apiVersion']) {
    const own = objectAt(schema, 'properties', field);
    if (checks && own !== undefined && textAt(own, 'type') !== 'string')
      errors.push(invalid(path.child('properties').key(field).child('type'), textAt(own, 'type'), 'must be string'));
  }
  const metadata = objectAt(schema, 'properties', 'metadata');
  const at = path.child('properties').key('metadata');
  if (metadata !== undefined && checks && textAt(metadata, 'type') !== 'object')
    errors.push(invalid(at.child('type'), textAt(metadata, 'type'), 'must be object'));
  if (metadata !== undefined && level === 'root' && saysMoreThanNames(metadata))
    errors.push(
      forbidden(at, 'must not specify anything other than name and generateName, but metadata is implicitly specified'),
    );
  const keepsAll = isTrueAt(schema, 'x-kubernetes-preserve-unknown-fields');
  if (embedded && !keepsAll && !isFilled(schema, 'properties'))
    errors.push(
      required(
        path.child('properties'),
        'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
      ),
    );
  return errors;
}

function saysMoreThanNames(metadata: JsonObject): boolean {
  const names = Object.keys(asObject(valueAt(metadata, 'properties')) ?? {});
  if (names.some((name) => name !== 'name' && name !== 'generateName')) return true;
  return Object.keys(metadata).some(
    (field) => !['type', 'default', 'properties'].includes(field) && saysSomething(valueAt(metadata, field)),
  );
}

function saysSomething(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== '';
}

import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, objectAt, valueAt } from '../../base/json.ts';

/** One schema inside another, and where it stands. */
export interface SubSchema {
  readonly schema: JsonObject;
  readonly path: ValidationPath;
  readonly name: string;
}

/** The schemas of a map (`properties`), by name. */
export function schemaMap(schema: JsonObject, field: string, path: ValidationPath): readonly SubSchema[] {
  const map = objectAt(schema, field) ?? {};
  return Object.keys(map)
    .sort()
    .map((name) => ({ schema: asObject(map[name]) ?? {}, path: path.child(field).key(name), name }));
}

/** The schemas of a list (`allOf`). */
export function schemaList(schema: JsonObject, field: string, path: ValidationPath): readonly SubSchema[] {
  return arrayAt(schema, field).map((entry, index) => ({
    schema: asObject(entry) ?? {},
    path: path.child(field).index(index),
    name: '',
  }));
}

/** The one schema of a field (`not`); none where there is none, or a list or a boolean. */
export function schemaField(schema: JsonObject, field: string, path: ValidationPath): readonly SubSchema[] {
  const child = objectAt(schema, field);
  return child === undefined ? [] : [{ schema: child, path: path.child(field), name: field }];
}

/** A field behind a pointer in Go's JSONSchemaProps. */
export function isSet(schema: JsonObject, field: string): boolean {
  return (valueAt(schema, field) ?? undefined) !== undefined;
}

/** A list, a map or a text that holds something. */
export function isFilled(schema: JsonObject, field: string): boolean {
  const value = valueAt(schema, field);
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  return asObject(value) !== undefined && Object.keys(asObject(value)!).length > 0;
}

/** Whether some schema in this one, or itself, is as asked. */
export function someSchema(schema: JsonObject | undefined, test: (schema: JsonObject) => boolean): boolean {
  if (schema === undefined) return false;
  if (test(schema)) return true;
  return childValues(schema).some((child) => someSchema(asObject(child), test));
}

function childValues(schema: JsonObject): readonly (JsonValue | undefined)[] {
  const maps = ['properties', 'patternProperties', 'definitions', 'dependencies'];
  return [
    ...['items', 'additionalItems', 'additionalProperties', 'not'].map((field) => valueAt(schema, field)),
    ...['allOf', 'anyOf', 'oneOf', 'items'].flatMap((field) => arrayAt(schema, field)),
    ...maps.flatMap((field) => Object.values(objectAt(schema, field) ?? {})),
  ];
}

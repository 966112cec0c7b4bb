import { parseDuration } from '../apimachinery/duration.ts';
import { parseTime } from '../apimachinery/time.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, objectAt, stringAt, valueAt } from '../base/json.ts';
import { base64Problem } from '../openapi/base64-problem.ts';
import { escapeField } from './field-name.ts';
import { durationOf } from './library/conversions.ts';
import type { CelType } from './type.ts';
import * as types from './type.ts';
import type { Value } from './value.ts';
import { equals, isMap, timestamp, withIdentity, withUnknown } from './value.ts';

const TEXT: JsonObject = { type: 'string' };
const META: JsonObject = { type: 'object', properties: { name: TEXT, generateName: TEXT } };

/**
 * The fields that a rule at the root of a resource sees, whether or not the schema has them. A schema that has them all
 * keeps its own, also what else it has of the metadata.
 */
export function withMetadata(schema: JsonObject): JsonObject {
  const own = objectAt(schema, 'properties') ?? {};
  const isText = (...path: readonly string[]) => stringAt(own, ...path, 'type') === 'string';
  const isComplete = ['name', 'generateName'].every((field) => isText('metadata', 'properties', field));
  if (isComplete && isText('kind') && isText('apiVersion') && stringAt(own, 'metadata', 'type') === 'object')
    return schema;
  return { ...schema, properties: { ...own, kind: TEXT, apiVersion: TEXT, metadata: META } };
}

const isTrue = (schema: JsonObject, field: string): boolean => valueAt(schema, field) === true;

/** The type of the metadata of an object, of which the name in errors is given. */
export type MetadataType = (name: string) => CelType | undefined;

/**
 * The type of values of a structural schema; undefined where rules cannot speak of them. `name` names the struct in errors.
 * Rules see names alone of the metadata; where more is published of it, `metadata` is its type.
 * Source: staging/src/k8s.io/apiserver/pkg/cel/common/schemas.go `SchemaDeclType`, 1.36.
 */
export function schemaType(
  schema: JsonObject,
  name: string,
  isRoot = false,
  metadata?: MetadataType,
): CelType | undefined {
  if (isTrue(schema, 'x-kubernetes-int-or-string')) return types.DYN;
  const isResource = isRoot || isTrue(schema, 'x-kubernetes-embedded-resource');
  switch (stringAt(schema, 'type')) {
    case 'array': {
      const items = objectAt(schema, 'items');
      const type = items && schemaType(items, `${name}.@idx`, false, metadata);
      return type && types.listOf(type);
    }
    case 'object':
      return objectType(isResource ? withMetadata(schema) : schema, name, isResource, metadata);
    case 'string':
      return textType(stringAt(schema, 'format'));
    case 'boolean':
      return types.BOOL;
    case 'number':
      return types.DOUBLE;
    case 'integer':
      return types.INT;
    default:
      return undefined;
  }
}

function objectType(
  schema: JsonObject,
  name: string,
  isResource: boolean,
  metadata: MetadataType | undefined,
): CelType | undefined {
  const values = objectAt(schema, 'additionalProperties');
  if (values !== undefined) {
    const type = schemaType(values, `${name}.@elem`, false, metadata);
    return type && types.mapOf(types.STRING, type);
  }
  const fields = new Map<string, CelType>();
  for (const [field, own] of Object.entries(objectAt(schema, 'properties') ?? {})) {
    const escaped = escapeField(field);
    if (!isJsonObject(own) || escaped === undefined) continue;
    const published = isResource && field === 'metadata' ? metadata?.(`${name}.metadata`) : undefined;
    const type = published ?? schemaType(own, `${name}.${escaped}`, false, metadata);
    if (type !== undefined) fields.set(escaped, type);
  }
  return types.struct(name, fields);
}

function textType(format: string | undefined): CelType {
  if (format === 'byte') return types.BYTES;
  if (format === 'duration') return types.DURATION;
  return format === 'date' || format === 'date-time' ? types.TIMESTAMP : types.STRING;
}

/** A value of the schema as rules see it. Fields that the schema does not have are not seen. */
export function schemaValue(value: JsonValue, schema: JsonObject, isRoot = false): Value {
  if (value === null) return null;
  if (isTrue(schema, 'x-kubernetes-int-or-string')) return dynValue(value);
  if (Array.isArray(value)) {
    const items = objectAt(schema, 'items') ?? {};
    return identified(
      (value as readonly JsonValue[]).map((item) => schemaValue(item, items)),
      schema,
    );
  }
  if (isJsonObject(value)) {
    const isResource = isRoot || isTrue(schema, 'x-kubernetes-embedded-resource');
    return objectValue(value, isResource ? withMetadata(schema) : schema);
  }
  if (typeof value === 'string') return textValue(value, stringAt(schema, 'format'));
  const type = stringAt(schema, 'type');
  if (type === 'integer') return wholeOf(value);
  return type === 'number' ? Number(value) : dynValue(value);
}

/** Sets, and lists with keys, as such. */
function identified(list: readonly Value[], schema: JsonObject): readonly Value[] {
  const listType = stringAt(schema, 'x-kubernetes-list-type');
  if (listType === 'set') return withIdentity(list, equals);
  if (listType !== 'map') return list;
  const keys = arrayAt(schema, 'x-kubernetes-list-map-keys').map((key) => escapeField(String(key)) ?? String(key));
  return withIdentity(
    list,
    (a, b) => isMap(a) && isMap(b) && keys.every((key) => equals(a.get(key) ?? null, b.get(key) ?? null)),
  );
}

/** A null in a field is no field; in a map it is a value. */
function objectValue(value: JsonObject, schema: JsonObject): Value {
  const values = objectAt(schema, 'additionalProperties');
  const unknown: [string, JsonValue][] = [];
  const fields = Object.entries(value).flatMap(([field, own]): readonly (readonly [Value, Value])[] => {
    if (values !== undefined) return [[field, schemaValue(own ?? null, values)]];
    if (own === null || own === undefined) return [];
    const schemaOf = objectAt(schema, 'properties', field);
    const escaped = escapeField(field);
    if (schemaOf === undefined) unknown.push([field, own]);
    return schemaOf === undefined || escaped === undefined ? [] : [[escaped, schemaValue(own, schemaOf)]];
  });
  return unknown.length === 0 ? new Map(fields) : withUnknown(new Map(fields), Object.fromEntries(unknown));
}

/** A text that is not of its format stays a text. */
function textValue(value: string, format: string | undefined): Value {
  if (format === 'byte')
    return base64Problem(value) === undefined ? Uint8Array.from(atob(value), (sign) => sign.codePointAt(0)!) : value;
  if (format === 'duration') return parseDuration(value) === undefined ? value : durationOf(value);
  if (format !== 'date' && format !== 'date-time') return value;
  const moment = parseTime(format === 'date' ? `${value}T00:00:00Z` : value);
  return moment === undefined ? value : timestamp(moment);
}

const wholeOf = (value: JsonValue): Value =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : (value as Value);

/** A value of which no type is known: a number that is whole is an int. */
export function dynValue(value: JsonValue): Value {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(dynValue);
  if (isJsonObject(value))
    return new Map(Object.entries(value).map(([key, own]) => [key, dynValue(own ?? null)] as const));
  return wholeOf(value);
}

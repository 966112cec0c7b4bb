import type { JsonObject, JsonValue } from '../base/json.ts';
import {
  arrayAt,
  asArray,
  asName,
  asNumber,
  asObject,
  asString,
  booleanAt,
  objectAt,
  stringAt,
  valueAt,
} from '../base/json.ts';
import { builtInType } from './schema-table.ts';
import type { Schema, SchemaBounds, SchemaType } from './schema.ts';
import { ANY_SCHEMA, makeSchema } from './schema.ts';

/** Deeper schemas are cut off: what lies below is taken as anything. */
const MAX_DEPTH = 200;

const STRING = makeSchema('string', 'openapi');
const ANYTHING = makeSchema('any', 'openapi', { preservesUnknownFields: true, nullable: true });

/**
 * The schema that a CustomResourceDefinition gives to one of its versions (its storage version where none is asked for):
 * v1, or v1beta1 with its one `spec.validation`. Undefined where it gives none, so that anything goes.
 * Rules in CEL and `oneOf`, `anyOf`, `allOf`, `not` are not looked at.
 */
export function schemaFromCustomResourceDefinition(crd: JsonObject, version?: string): Schema | undefined {
  const versions = arrayAt(crd, 'spec', 'versions').map(asObject);
  const wanted =
    version ??
    stringAt(
      versions.find((entry) => booleanAt(entry, 'storage') === true),
      'name',
    );
  const entry = versions.find((candidate) => stringAt(candidate, 'name') === wanted);
  const source = objectAt(entry, 'schema', 'openAPIV3Schema') ?? objectAt(crd, 'spec', 'validation', 'openAPIV3Schema');
  if (source === undefined) return undefined;
  const keepsAll =
    booleanAt(crd, 'spec', 'preserveUnknownFields') ?? asString(crd['apiVersion'])?.endsWith('/v1beta1') === true;
  const root = schemaFromOpenApi(source, 0);
  return {
    ...root,
    type: 'object',
    nullable: false,
    ignoresStatus:
      (objectAt(entry, 'subresources', 'status') ?? objectAt(crd, 'spec', 'subresources', 'status')) !== undefined,
    properties: withTypeMeta(root.properties),
    preservesUnknownFields: keepsAll || root.preservesUnknownFields,
  };
}

/** The fields of every object, which Kubernetes adds to what a CRD or an embedded resource says. */
function withTypeMeta(properties: ReadonlyMap<string, Schema>): ReadonlyMap<string, Schema> {
  return new Map([
    ...properties,
    ['apiVersion', STRING],
    ['kind', STRING],
    ['metadata', builtInType('meta/v1.ObjectMeta') ?? ANY_SCHEMA],
  ]);
}

/** A structural schema. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/structural.go, 1.36. */
function schemaFromOpenApi(source: JsonObject, depth: number): Schema {
  if (depth > MAX_DEPTH) return ANYTHING;
  const type = typeOf(source);
  const preserves = source['x-kubernetes-preserve-unknown-fields'] === true;
  const values = valuesOf(source, depth);
  const properties = propertiesOf(source, depth);
  const embedded = source['x-kubernetes-embedded-resource'] === true;
  return makeSchema(type, 'openapi', {
    format: asName(source['format']),
    properties: embedded ? withTypeMeta(properties) : properties,
    required: asArray(source['required']).filter((name) => typeof name === 'string'),
    items: type === 'array' ? schemaOfChild(source['items'], depth) : undefined,
    values,
    preservesUnknownFields: preserves || type === 'any',
    enum: source['enum'] === undefined ? undefined : asArray(source['enum']),
    bounds: boundsOf(source),
    nullable: source['nullable'] === true || type === 'any',
    listType: wordOf(source['x-kubernetes-list-type'], ['atomic', 'set', 'map'] as const),
    listMapKeys: asArray(source['x-kubernetes-list-map-keys']).filter((name) => typeof name === 'string'),
    mapType: wordOf(source['x-kubernetes-map-type'], ['atomic', 'granular'] as const),
    description: asString(source['description']),
    default: source['default'],
  });
}

function typeOf(source: JsonObject): SchemaType {
  if (source['x-kubernetes-int-or-string'] === true) return 'integerOrString';
  const type = asString(source['type']);
  if (
    type === 'object' ||
    type === 'array' ||
    type === 'string' ||
    type === 'integer' ||
    type === 'number' ||
    type === 'boolean'
  )
    return type;
  return source['properties'] === undefined && source['additionalProperties'] === undefined ? 'any' : 'object';
}

function schemaOfChild(source: JsonValue | undefined, depth: number): Schema {
  const object = asObject(source);
  return object === undefined ? ANYTHING : schemaFromOpenApi(object, depth + 1);
}

function propertiesOf(source: JsonObject, depth: number): ReadonlyMap<string, Schema> {
  const properties = asObject(source['properties']) ?? {};
  return new Map(Object.keys(properties).map((name) => [name, schemaOfChild(properties[name], depth)]));
}

function valuesOf(source: JsonObject, depth: number): Schema | undefined {
  const values = source['additionalProperties'];
  if (values === true) return ANYTHING;
  return asObject(values) === undefined ? undefined : schemaOfChild(values, depth);
}

function wordOf<T extends string>(value: JsonValue | undefined, words: readonly T[]): T | undefined {
  return words.find((word) => word === value);
}

const NUMBERS = [
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;
const SWITCHES = ['exclusiveMinimum', 'exclusiveMaximum', 'uniqueItems'] as const;

function boundsOf(source: JsonObject): SchemaBounds | undefined {
  const bounds: { -readonly [K in keyof SchemaBounds]: SchemaBounds[K] } = {};
  for (const name of NUMBERS) {
    const limit = asNumber(source[name]);
    if (limit !== undefined) bounds[name] = limit;
  }
  for (const name of SWITCHES) if (valueAt(source, name) === true) bounds[name] = true;
  const pattern = patternOf(asString(source['pattern']));
  if (pattern !== undefined) bounds.pattern = pattern;
  return Object.keys(bounds).length === 0 ? undefined : bounds;
}

/** Go's patterns are RE2; what JavaScript cannot read is not checked. */
function patternOf(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, 'u');
  } catch {
    return undefined;
  }
}

import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asArray, asNumber, asObject, asString, booleanAt, objectAt, stringAt } from '../../../base/json.ts';
import { isKnownFormat } from './formats.ts';

/**
 * A schema of a CustomResourceDefinition, ready to prune, default and validate by.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/structural.go and
 * pkg/apiserver/validation/validation.go `ConvertJSONSchemaProps`, 1.36.
 */
export interface StructuralSchema {
  readonly source: JsonObject;
  /** None, one, or `integer` and `string` for an int-or-string. */
  readonly types: readonly string[];
  /** Only formats that the server knows for the type. */
  readonly format: string | undefined;
  readonly nullable: boolean;
  readonly default: JsonValue | undefined;
  readonly properties: ReadonlyMap<string, StructuralSchema>;
  readonly additional: StructuralSchema | boolean | undefined;
  readonly items: StructuralSchema | undefined;
  readonly required: readonly string[];
  readonly enum: readonly JsonValue[];
  readonly bounds: Bounds;
  readonly allOf: readonly StructuralSchema[];
  readonly anyOf: readonly StructuralSchema[];
  readonly oneOf: readonly StructuralSchema[];
  readonly not: StructuralSchema | undefined;
  readonly preservesUnknownFields: boolean;
  readonly isEmbeddedResource: boolean;
  readonly listType: string | undefined;
  readonly listMapKeys: readonly string[];
}

export interface Bounds {
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly multipleOf?: number;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly maxProperties?: number;
  readonly minProperties?: number;
}

/** The schema of one of a definition's versions; undefined where it gives none. v1beta1 had one for all. */
export function schemaOfVersion(definition: JsonObject, version: string): JsonObject | undefined {
  const entry = arrayAt(definition, 'spec', 'versions').find((one) => stringAt(one, 'name') === version);
  return objectAt(entry, 'schema', 'openAPIV3Schema') ?? objectAt(definition, 'spec', 'validation', 'openAPIV3Schema');
}

/** Deeper schemas are cut off: what lies below is taken as anything. */
const MAX_DEPTH = 500;

const made = new WeakMap<JsonObject, StructuralSchema>();

export function structuralSchema(source: JsonObject, depth = 0): StructuralSchema {
  const known = made.get(source);
  if (known !== undefined) return known;
  const schema = compile(depth > MAX_DEPTH ? ANYTHING : source, depth);
  made.set(source, schema);
  return schema;
}

const ANYTHING: JsonObject = { 'x-kubernetes-preserve-unknown-fields': true };

function compile(source: JsonObject, depth: number): StructuralSchema {
  const type = asString(source['type']) ?? '';
  const types = source['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : type === '' ? [] : [type];
  const format = asString(source['format']) ?? '';
  const below = (child: JsonValue | undefined): StructuralSchema => structuralSchema(asObject(child) ?? {}, depth + 1);
  const list = (field: string): readonly StructuralSchema[] => arrayAt(source, field).map(below);
  const one = (field: string): StructuralSchema | undefined =>
    asObject(source[field]) === undefined ? undefined : below(source[field]);
  const properties = asObject(source['properties']) ?? {};
  return {
    source,
    types,
    format: format !== '' && isKnownFormat(format, types) ? format : undefined,
    nullable: source['nullable'] === true,
    default: source['default'] ?? undefined,
    properties: new Map(Object.keys(properties).map((name) => [name, below(properties[name])])),
    additional: booleanAt(source, 'additionalProperties') ?? one('additionalProperties'),
    items: one('items'),
    required: textsOf(source['required']),
    enum: asArray(source['enum']),
    bounds: boundsOf(source),
    allOf: list('allOf'),
    anyOf: list('anyOf'),
    oneOf: list('oneOf'),
    not: one('not'),
    preservesUnknownFields: source['x-kubernetes-preserve-unknown-fields'] === true,
    isEmbeddedResource: source['x-kubernetes-embedded-resource'] === true,
    listType: asString(source['x-kubernetes-list-type']),
    listMapKeys: textsOf(source['x-kubernetes-list-map-keys']),
  };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return asArray(value).filter((entry) => typeof entry === 'string');
}

const NUMBERS = [
  'maximum',
  'minimum',
  'multipleOf',
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
  'maxProperties',
  'minProperties',
] as const;
const SWITCHES = ['exclusiveMaximum', 'exclusiveMinimum', 'uniqueItems'] as const;

function boundsOf(source: JsonObject): Bounds {
  const bounds: { -readonly [K in keyof Bounds]: Bounds[K] } = {};
  for (const name of NUMBERS) {
    const given = source[name];
    const limit = typeof given === 'bigint' ? Number(given) : asNumber(given);
    if (limit !== undefined) bounds[name] = limit;
  }
  for (const name of SWITCHES) if (source[name] === true) bounds[name] = true;
  const pattern = asString(source['pattern']);
  if (pattern !== undefined && pattern !== '') bounds.pattern = pattern;
  return bounds;
}

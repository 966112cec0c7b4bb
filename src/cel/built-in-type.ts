import type { JsonObject } from '../base/json.ts';
import { builtInType } from '../openapi/schema-table.ts';
import type { Schema } from '../openapi/schema.ts';
import { escapeField } from './field-name.ts';
import { schemaType } from './schema-type.ts';
import type { CelType } from './type.ts';
import * as types from './type.ts';

/** Raw JSON in a definition has no type; everywhere else where anything may stand, OpenAPI says `object`. */
const WITHOUT_TYPE = /^apiextensions\.k8s\.io\//;

/**
 * The type of objects of a built-in kind, by its OpenAPI definition; undefined where expressions cannot speak of it.
 * Quantities and integers-or-strings are a `oneOf` without a type there, so that `resources.limits` is no field. `name` names
 * the struct in errors. Source: staging/src/k8s.io/apiserver/pkg/cel/common/schemas.go `SchemaDeclType`,
 * pkg/cel/openapi/resolver/{definitions,refs}.go, pkg/generated/openapi, 1.36.
 */
export function definitionType(schema: Schema, name: string): CelType | undefined {
  return typeOf(schema, name, new Set());
}

/**
 * The type of custom resources by the schema of their version, as the server publishes it: with the whole of the metadata.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder/builder.go, 1.36.
 */
export function publishedType(source: JsonObject, name: string): CelType | undefined {
  const metadata = builtInType('meta/v1.ObjectMeta');
  return schemaType(source, name, true, (own) => metadata && definitionType(metadata, own));
}

/** `within`: the types in which this one stands. A type that holds itself is an object without fields inside itself. */
function typeOf(schema: Schema, name: string, within: ReadonlySet<string>): CelType | undefined {
  switch (schema.type) {
    case 'array': {
      const item = schema.items && typeOf(schema.items, `${name}.@idx`, within);
      return item && types.listOf(item);
    }
    case 'object':
      return objectType(schema, name, within);
    case 'string':
      if (schema.format === 'byte') return types.BYTES;
      return schema.format === undefined ? types.STRING : types.TIMESTAMP;
    case 'boolean':
      return types.BOOL;
    case 'number':
      return types.DOUBLE;
    case 'integer':
      return types.INT;
    case 'any':
      return [...within].some((id) => WITHOUT_TYPE.test(id)) ? undefined : types.struct(name, new Map());
    default:
      return undefined;
  }
}

function objectType({ typeId, values, properties }: Schema, name: string, within: ReadonlySet<string>) {
  if (values !== undefined) {
    const value = typeOf(values, `${name}.@elem`, within);
    return value && types.mapOf(types.STRING, value);
  }
  if (typeId !== undefined && within.has(typeId)) return types.struct(name, new Map());
  const inside = typeId === undefined ? within : new Set([...within, typeId]);
  const fields = new Map<string, CelType>();
  for (const [field, schema] of properties) {
    const escaped = escapeField(field);
    const type = escaped === undefined ? undefined : typeOf(schema, `${name}.${escaped}`, inside);
    if (type !== undefined) fields.set(escaped!, type);
  }
  return types.struct(name, fields);
}

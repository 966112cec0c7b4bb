import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { mapFields, mapItems } from './map-values.ts';
import { prune } from './prune.ts';
import type { StructuralSchema } from './structural-schema.ts';

/**
 * The value with the defaults of its schema, those inside defaults too; null counts as missing where the field may not be
 * null. The same value where nothing was missing.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go, 1.36.
 */
export function setSchemaDefaults<Value extends JsonValue>(value: Value, schema: StructuralSchema | undefined): Value {
  return defaulted(value, schema) as Value;
}

function defaulted(value: JsonValue, schema: StructuralSchema | undefined): JsonValue {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return mapItems(value, (item) => filled(item, schema.items));
  if (!isJsonObject(value)) return value;
  const complete = withMissing(value, schema);
  return mapFields(complete, (entry, name) => {
    const property = schema.properties.get(name);
    if (property !== undefined) return filled(entry, property);
    return typeof schema.additional === 'object' ? filled(entry, schema.additional) : entry;
  });
}

function filled(value: JsonValue, schema: StructuralSchema | undefined): JsonValue {
  const isMissing = value === null && schema !== undefined && !schema.nullable;
  return defaulted(isMissing ? (defaultOf(schema) ?? null) : value, schema);
}

function withMissing(object: JsonObject, schema: StructuralSchema): JsonObject {
  const missing = [...schema.properties].filter(
    ([name, property]) => property.default !== undefined && !Object.hasOwn(object, name),
  );
  if (missing.length === 0) return object;
  const added = missing.map(([name, property]): [string, JsonValue] => [name, defaultOf(property) ?? null]);
  return Object.fromEntries([...Object.entries(object), ...added]) as JsonObject;
}

/** Unknown fields in a default are pruned before the definition is served. */
function defaultOf(schema: StructuralSchema): JsonValue | undefined {
  return schema.default === undefined ? undefined : prune(schema.default, schema, false).value;
}

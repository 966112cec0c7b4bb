import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { mapFields, mapItems } from './map-values.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** A field that the schema does not know. */
export interface UnknownField {
  readonly path: Path;
  /** As the server writes it: `spec.hosts[0].nmae`. */
  readonly field: string;
}

const IN_EVERY_OBJECT: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * The object without the fields that its schema does not know, and which those were, in the server's order. What every
 * object has is kept at the root and in embedded resources. The same value where nothing is pruned.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go, 1.36.
 */
export function prune<Value extends JsonValue>(
  value: Value,
  schema: StructuralSchema,
  isRoot: boolean,
): { readonly value: Value; readonly unknown: readonly UnknownField[] } {
  const walk: Walk = { path: [], unknown: [] };
  const pruned = pruneValue(value, schema, isRoot || schema.isEmbeddedResource, walk) as Value;
  return { value: pruned, unknown: walk.unknown.sort((a, b) => compareStrings(a.field, b.field)) };
}

interface Walk {
  readonly path: (string | number)[];
  readonly unknown: UnknownField[];
}

function pruneValue(
  value: JsonValue,
  schema: StructuralSchema | undefined,
  isResource: boolean,
  walk: Walk,
): JsonValue {
  if (Array.isArray(value)) {
    if (schema?.preservesUnknownFields === true && schema.items === undefined) return value;
    return mapItems(value, (item, index) => below(item, index, schema?.items, walk, schema));
  }
  if (!isJsonObject(value)) return value;
  return mapFields(value, (entry, name) => {
    if (schema !== undefined && isResource && IN_EVERY_OBJECT.has(name)) return entry;
    const property = schema?.properties.get(name);
    if (property !== undefined) return below(entry, name, property, walk, undefined);
    if (schema?.additional !== undefined) {
      const values = typeof schema.additional === 'boolean' ? undefined : schema.additional;
      return below(entry, name, values, walk, undefined);
    }
    if (schema?.preservesUnknownFields === true) return entry;
    walk.path.push(name);
    // At the root a missing `metadata` is no unknown field.
    if (!IN_EVERY_OBJECT.has(name) || walk.path.length > 1)
      walk.unknown.push({ path: [...walk.path], field: dotted(walk.path) });
    walk.path.pop();
    return undefined;
  });
}

/** Items of a list that preserves unknown fields preserve them too. */
function below(
  value: JsonValue,
  step: string | number,
  schema: StructuralSchema | undefined,
  walk: Walk,
  list: StructuralSchema | undefined,
): JsonValue {
  const keeps = list?.preservesUnknownFields === true && schema !== undefined;
  walk.path.push(step);
  const pruned = pruneValue(
    value,
    keeps ? { ...schema, preservesUnknownFields: true } : schema,
    schema?.isEmbeddedResource === true,
    walk,
  );
  walk.path.pop();
  return pruned;
}

/** Dots for fields and for keys of maps alike. */
export function dotted(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/**
 * The object without nulls in fields that may not be null and have no default; those with a default wait for it.
 * Source: pkg/apiserver/schema/defaulting/prunenulls.go beside it.
 */
export function pruneNulls<Value extends JsonValue>(value: Value, schema: StructuralSchema | undefined): Value {
  return nullsPruned(value, schema) as Value;
}

function nullsPruned(value: JsonValue, schema: StructuralSchema | undefined): JsonValue {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return mapItems(value, (item) => nullsPruned(item, schema.items));
  if (!isJsonObject(value)) return value;
  return mapFields(value as JsonObject, (entry, name) => {
    const field =
      schema.properties.get(name) ?? (typeof schema.additional === 'object' ? schema.additional : undefined);
    const isPruned = entry === null && field !== undefined && !field.nullable && field.default === undefined;
    return isPruned ? undefined : nullsPruned(entry, field);
  });
}

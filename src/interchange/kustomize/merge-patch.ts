import type { JsonValue } from '../../base/json.ts';
import { isJsonObject, step } from '../../base/json.ts';
import type { Schema } from '../../openapi/schema.ts';

/**
 * A strategic merge patch as kustomize applies it, which is not quite as the API server does: what the patch adds to a list
 * stands first, and a list merges by all keys of its map. Undefined where the patch deletes the value.
 * Source: kyaml/yaml/merge2 and kyaml/yaml/walk of kubernetes-sigs/kustomize, kustomize/v5.8.1 (of kubectl 1.36).
 */
export function mergeStrategically(
  original: JsonValue | undefined,
  patch: JsonValue,
  schema: Schema | undefined,
): JsonValue | undefined {
  if (patch === null) return undefined;
  if (Array.isArray(patch)) return mergeLists(original, patch as readonly JsonValue[], schema);
  if (!isJsonObject(patch)) return patch;
  const directive = patch['$patch'];
  const { $patch: _, ...rest } = patch;
  if (directive === 'delete') return undefined;
  if (directive === 'replace' || !isJsonObject(original)) return withoutNulls(rest);
  const merged = new Map<string, JsonValue>();
  for (const key of Object.keys(original)) merged.set(key, original[key]!);
  for (const key of Object.keys(rest)) {
    const value = mergeStrategically(step(original, key), rest[key]!, schema?.properties.get(key) ?? schema?.values);
    if (value === undefined) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** What a patch brings where nothing was: its directives and nulls say nothing there. */
function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item) =>
      isJsonObject(item) && item['$patch'] === 'delete' ? [] : [withoutNulls(item)],
    );
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) =>
      entry === null || entry === undefined || key === '$patch' ? [] : [[key, withoutNulls(entry)]],
    ),
  );
}

function mergeLists(
  original: JsonValue | undefined,
  patch: readonly JsonValue[],
  schema: Schema | undefined,
): JsonValue {
  const directive = patch.find((item) => isJsonObject(item) && Object.keys(item).length === 1 && '$patch' in item);
  const items = patch.filter((item) => item !== directive);
  const isReplaced = isJsonObject(directive) && directive['$patch'] === 'replace';
  const isAssociative = schema?.patchStrategies.includes('merge') === true;
  if (!isAssociative || isReplaced || !Array.isArray(original)) return withoutNulls(items);
  const old = original as readonly JsonValue[];
  const keys = schema.listMapKeys.length > 0 ? schema.listMapKeys : schema.patchMergeKey ? [schema.patchMergeKey] : [];
  return keys.length === 0 ? [...new Set([...items, ...old])] : mergeByKeys(old, items, keys, schema.items);
}

/**
 * By one key the patched items come first, in the order of the patch; by several the new ones do, and the old keep their
 * places. Keys that no item has do not count, and an item that lacks one is as good as one that has it.
 */
function mergeByKeys(
  old: readonly JsonValue[],
  patch: readonly JsonValue[],
  allKeys: readonly string[],
  schema: Schema | undefined,
): readonly JsonValue[] {
  const keys = allKeys.filter((key) => [...old, ...patch].some((item) => step(item, key) !== undefined));
  if (keys.length === 0) return [...patch, ...old];
  const isSame = (a: JsonValue, b: JsonValue): boolean =>
    keys.every((key) => {
      const [left, right] = [step(a, key), step(b, key)];
      return left === right || (keys.length > 1 && (left === undefined || right === undefined));
    }) && keys.some((key) => step(a, key) !== undefined && step(a, key) === step(b, key));
  const first: JsonValue[] = [];
  const rest = [...old];
  for (const item of patch) {
    const at = rest.findIndex((other) => isSame(other, item));
    const merged = mergeStrategically(rest[at], item, schema);
    if (at < 0) {
      if (merged !== undefined) first.push(withoutNulls(merged));
    } else if (merged === undefined) rest.splice(at, 1);
    else if (keys.length > 1) rest[at] = merged;
    else {
      rest.splice(at, 1);
      first.push(merged);
    }
  }
  return [...first, ...rest];
}

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual, step } from '../../base/json.ts';
import { goTypeOf } from './go-format.ts';
import { entriesOf, hasKey, isEmptyObject, objectOf } from './json-edit.ts';
import { PatchError, attempt } from './patch-result.ts';
import type { PatchResult } from './patch-result.ts';

/**
 * Applies a JSON merge patch (RFC 7386) to an object: null removes a key, an object merges, anything else replaces.
 * Nulls inside what the patch newly adds are dropped, in lists only those that are members of an object;
 * a list that takes the place of an object keeps them, as upstream does.
 *
 * Source: merge.go of gopkg.in/evanphx/json-patch.v4. 400 where the patch is neither an object nor a list.
 */
export function applyMergePatch(document: JsonValue, patch: JsonValue): PatchResult<JsonValue> {
  return attempt(() => {
    if (document === null) throw new PatchError('Invalid JSON Document', 400);
    if (typeof patch !== 'object' || patch === null) throw new PatchError('Invalid JSON Patch', 400);
    return isJsonObject(patch) ? mergeValue(document, patch) : pruneNulls(patch);
  });
}

function mergeValue(current: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(current)) return pruneNulls(patch);
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(entriesOf(current));
  let changed = false;
  for (const [key, value] of entriesOf(patch)) {
    if (value === null) {
      changed = merged.delete(key) || changed;
      continue;
    }
    const before = merged.get(key);
    const next = mergeValue(before, value);
    if (next === before) continue;
    merged.set(key, next);
    changed = true;
  }
  return changed ? objectOf(merged) : current;
}

function pruneNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => pruneNulls(item));
  if (!isJsonObject(value)) return value;
  return objectOf(entriesOf(value).flatMap(([key, item]) => (item === null ? [] : [[key, pruneNulls(item)] as const])));
}

/**
 * The merge patch that turns one object into another. A null in `modified` cannot be said in a merge patch: it is
 * written as null, which removes the key. Source: CreateMergePatch of gopkg.in/evanphx/json-patch.v4.
 */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch = new Map<string, JsonValue>();
  for (const [key, value] of entriesOf(modified)) {
    const before = step(original, key);
    if (before === undefined || goKind(before) !== goKind(value)) patch.set(key, value);
    else if (isJsonObject(before) && isJsonObject(value)) {
      const inner = createMergePatch(before, value);
      if (!isEmptyObject(inner)) patch.set(key, inner);
    } else if (!jsonEqual(before, value)) patch.set(key, value);
  }
  for (const [key] of entriesOf(original)) if (!hasKey(modified, key)) patch.set(key, null);
  return objectOf(patch);
}

/** Here upstream reads every number as float64, so an integer and a fraction are of one type. */
function goKind(value: JsonValue): string {
  const type = goTypeOf(value);
  return type === 'int64' ? 'float64' : type;
}

/**
 * The merge patch that `kubectl apply` sends for a custom resource: what `modified` adds to or changes in `current`,
 * and the removal of what `original` (the last applied configuration) had and `modified` no longer has.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/jsonmergepatch/patch.go, 1.36.
 */
export function createThreeWayMergePatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const changes = filterNulls(createMergePatch(current, modified), false);
  const deletions = filterNulls(createMergePatch(original, modified), true);
  const patch = mergeValue(deletions, changes);
  return isJsonObject(patch) ? patch : {};
}

/** Of a patch either only the removals (`wanted`), or only the rest; a map that was empty before counts as a value. */
export function filterNulls(patch: JsonObject, wanted: boolean): JsonObject {
  const kept = new Map<string, JsonValue>();
  for (const [key, value] of entriesOf(patch)) {
    if (value === null) {
      if (wanted) kept.set(key, value);
    } else if (isJsonObject(value) && !isEmptyObject(value)) {
      const inner = filterNulls(value, wanted);
      if (!isEmptyObject(inner)) kept.set(key, inner);
    } else if (!wanted) kept.set(key, value);
  }
  return objectOf(kept);
}

import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, jsonEqual, step } from '../../../base/json.ts';
import { goTypeOf } from '../go-format.ts';
import { entriesOf, hasKey, isEmptyObject, objectOf } from '../json-edit.ts';
import { PatchError, attempt } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { diffLists } from './diff-list.ts';
import type { Differ } from './differ.ts';
import { DELETE_FROM_PRIMITIVE_LIST, DIRECTIVE, RETAIN_KEYS, SET_ELEMENT_ORDER } from './directives.ts';
import type { List } from './lists.ts';
import { sortScalars } from './lists.ts';
import { lookupList, lookupStruct } from './lookup.ts';
import type { FieldMeta } from './lookup.ts';

/** Source: diffMaps in strategicpatch/patch.go, 1.36. */
export function diffMaps(original: JsonObject, modified: JsonObject, schema: PatchSchema, using: Differ): JsonObject {
  const patch = new Map<string, JsonValue>();
  for (const [key, value] of entriesOf(modified)) diffField(patch, key, step(original, key), value, schema, using);
  if (!using.ignoreDeletions) {
    for (const [key] of entriesOf(original)) if (!hasKey(modified, key)) patch.set(key, null);
  }
  const retained = using.retainKeys ? entriesOf(modified).flatMap(([key, value]) => (value === null ? [] : [key])) : [];
  if (retained.length > 0 && (patch.size > 0 || losesField(original, modified)))
    patch.set(RETAIN_KEYS, sortScalars(retained));
  return objectOf(patch);
}

function losesField(original: JsonObject, modified: JsonObject): boolean {
  return entriesOf(original).some(([key, value]) => value !== null && !hasKey(modified, key));
}

type Patch = Map<string, JsonValue>;

function diffField(
  patch: Patch,
  key: string,
  before: JsonValue | undefined,
  value: JsonValue,
  schema: PatchSchema,
  using: Differ,
): void {
  if (before === undefined) {
    if (!using.ignoreChanges) patch.set(key, value);
  } else if (key === DIRECTIVE) {
    if (typeof before !== 'string' || typeof value !== 'string')
      throw new PatchError(`invalid value for special key: ${DIRECTIVE}`);
    if (before !== value) patch.set(key, value);
  } else if (goTypeOf(before) !== goTypeOf(value)) {
    if (!using.ignoreChanges) patch.set(key, value);
  } else if (isJsonObject(before) && isJsonObject(value)) {
    const meta = metaUnlessEqual(before, value, () => lookupStruct(schema, key));
    if (meta) diffObject(patch, key, before, value, meta, using);
  } else if (Array.isArray(before) && Array.isArray(value)) {
    const meta = metaUnlessEqual(before, value, () => lookupList(schema, key));
    if (meta) diffList(patch, key, before, value, meta, using);
  } else replaceIfChanged(patch, key, before, value, using);
}

/** A field that the schema does not know is refused only where it differs. */
function metaUnlessEqual(before: JsonValue, value: JsonValue, lookup: () => FieldMeta): FieldMeta | undefined {
  const meta = attempt(lookup);
  if (meta.ok) return meta.value;
  if (jsonEqual(before, value)) return undefined;
  throw new PatchError(meta.message, meta.code);
}

function replaceIfChanged(patch: Patch, key: string, before: JsonValue, value: JsonValue, using: Differ): void {
  if (!using.ignoreChanges && !jsonEqual(before, value)) patch.set(key, value);
}

function diffObject(
  patch: Patch,
  key: string,
  before: JsonObject,
  value: JsonObject,
  meta: FieldMeta,
  using: Differ,
): void {
  if (meta.strategy === 'replace') {
    // Upstream writes the value even where it did not change.
    if (!using.ignoreChanges) patch.set(key, value);
    return;
  }
  const inner = diffMaps(before, value, meta.schema, { ...using, retainKeys: meta.retainKeys });
  if (!isEmptyObject(inner)) patch.set(key, inner);
}

function diffList(patch: Patch, key: string, before: List, value: List, meta: FieldMeta, using: Differ): void {
  if (meta.strategy !== 'merge') {
    replaceIfChanged(patch, key, before, value, using);
    return;
  }
  const { changes, deletions, order } = diffLists(before, value, meta, { ...using, retainKeys: meta.retainKeys });
  if (changes.length > 0) patch.set(key, changes);
  if (deletions.length > 0) patch.set(`${DELETE_FROM_PRIMITIVE_LIST}/${key}`, deletions);
  if (order.length > 0) patch.set(`${SET_ELEMENT_ORDER}/${key}`, order);
}

function differ(options: Omit<Differ, 'diffMaps' | 'retainKeys'>): Differ {
  return { ...options, retainKeys: false, diffMaps };
}

/** All differences; what `kubectl edit` sends. */
export const twoWay = differ({ elementOrder: true, ignoreChanges: false, ignoreDeletions: false });
/** Of a three-way patch: what changes or is added from the live object to the new configuration. */
export const changesOnly = differ({ elementOrder: true, ignoreChanges: false, ignoreDeletions: true });
/** Of a three-way patch: what the new configuration no longer has of the last applied one. */
export const deletionsOnly = differ({ elementOrder: true, ignoreChanges: true, ignoreDeletions: false });
/** What others changed since the last apply; compared with a patch to find conflicts. */
export const withoutOrder = differ({ elementOrder: false, ignoreChanges: false, ignoreDeletions: false });

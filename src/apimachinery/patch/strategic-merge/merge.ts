import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, jsonEqual, step } from '../../../base/json.ts';
import { goFormat, goTypeOf } from '../go-format.ts';
import { entriesOf, objectOf, withKey, withoutKey } from '../json-edit.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import {
  DELETE_FROM_PRIMITIVE_LIST,
  DIRECTIVE,
  RETAIN_KEYS,
  SET_ELEMENT_ORDER,
  badPatchType,
  badPrimitiveList,
  badRetainKeys,
  listOfDirective,
} from './directives.ts';
import { lookupList, lookupStruct } from './lookup.ts';
import { removeDirectives } from './remove-directives.ts';
import type { Merger } from './merger.ts';
import { mergeList } from './merge-list.ts';
import { mergeOrderedLists } from './set-element-order.ts';

export const applying: Merger = merger('apply');
export const combining: Merger = merger('combine');

function merger(mode: Merger['mode']): Merger {
  const self: Merger = { mode, mergeMap: (original, patch, schema) => mergeMap(original, patch, schema, self) };
  return self;
}

/** Source: mergeMap in strategicpatch/patch.go, 1.36. */
function mergeMap(original: JsonObject, patch: JsonObject, schema: PatchSchema, using: Merger): JsonObject {
  const directive = step(patch, DIRECTIVE);
  if (directive !== undefined) return applyDirective(directive, patch);
  const retained = retainKeys(original, patch, using);
  const ordered = mergeOrderedLists(retained.original, retained.patch, schema, using);
  const merged = new Map(entriesOf(ordered.original));
  for (const [key, value] of entriesOf(ordered.patch)) mergeField(merged, key, value, schema, using);
  return objectOf(merged);
}

function applyDirective(directive: JsonValue, patch: JsonObject): JsonObject {
  if (directive === 'replace') return withoutKey(patch, DIRECTIVE);
  if (directive === 'delete') return {};
  throw badPatchType(directive, patch);
}

/** `$retainKeys` lists every key that may stay, which is how a union (a volume's source) loses its old member. */
function retainKeys(
  original: JsonObject,
  patch: JsonObject,
  using: Merger,
): { original: JsonObject; patch: JsonObject } {
  const wanted = step(patch, RETAIN_KEYS);
  if (wanted === undefined) return { original, patch };
  const rest = withoutKey(patch, RETAIN_KEYS);
  if (using.mode === 'combine') return { original: combineRetainKeys(original, wanted), patch: rest };
  if (!Array.isArray(wanted)) throw badRetainKeys();
  const keys = new Set<JsonValue>(wanted);
  for (const [key, value] of entriesOf(rest)) {
    const special = key.startsWith(DELETE_FROM_PRIMITIVE_LIST) || key.startsWith(SET_ELEMENT_ORDER);
    if (value !== null && !special && !keys.has(key)) throw badRetainKeys();
  }
  return { original: objectOf(entriesOf(original).filter(([key]) => keys.has(key))), patch: rest };
}

function combineRetainKeys(original: JsonObject, wanted: JsonValue): JsonObject {
  const before = step(original, RETAIN_KEYS);
  if (before === undefined) return withKey(original, RETAIN_KEYS, wanted);
  if (jsonEqual(before, wanted)) return original;
  const words = 'are not deep equal: this may happen when calculating the 3-way diff patch';
  throw new PatchError(`${goFormat(before)} and ${goFormat(wanted)} ${words}`);
}

function mergeField(
  merged: Map<string, JsonValue>,
  patchKey: string,
  value: JsonValue,
  schema: PatchSchema,
  using: Merger,
): void {
  const isDeletion = patchKey.startsWith(DELETE_FROM_PRIMITIVE_LIST);
  if (isDeletion && using.mode === 'combine') {
    merged.set(patchKey, value);
    return;
  }
  const key = isDeletion
    ? listOfDirective(patchKey, DELETE_FROM_PRIMITIVE_LIST, badPrimitiveList) || patchKey
    : patchKey;
  if (value === null) {
    merged.delete(key);
    if (using.mode === 'apply') return;
  }
  const before = merged.get(key);
  if (before === undefined || goTypeOf(before) !== goTypeOf(value)) {
    if (!isDeletion) setWithoutDirectives(merged, key, using.mode === 'apply' ? dropNulls(value) : value);
  } else if (isJsonObject(before) && isJsonObject(value)) {
    const meta = lookupStruct(schema, key);
    merged.set(key, meta.strategy === 'replace' ? value : using.mergeMap(before, value, meta.schema));
  } else if (Array.isArray(before) && Array.isArray(value)) {
    const meta = lookupList(schema, key);
    const merges = meta.strategy === 'merge' || isDeletion;
    merged.set(key, merges ? mergeList(before, value, meta, using, isDeletion) : value);
  } else merged.set(key, value);
}

function setWithoutDirectives(merged: Map<string, JsonValue>, key: string, value: JsonValue): void {
  const plain = removeDirectives(value);
  if (plain === undefined) merged.delete(key);
  else merged.set(key, plain);
}

/** Nulls that are members of an object mean removal, so there is nothing to add for them; nulls in lists stay. */
function dropNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => dropNulls(item));
  if (!isJsonObject(value)) return value;
  return objectOf(entriesOf(value).flatMap(([key, item]) => (item === null ? [] : [[key, dropNulls(item)] as const])));
}

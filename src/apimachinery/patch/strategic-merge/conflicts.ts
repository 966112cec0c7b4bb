import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, jsonEqual, step } from '../../../base/json.ts';
import { goFormat } from '../go-format.ts';
import { entriesOf } from '../json-edit.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { DIRECTIVE, RETAIN_KEYS } from './directives.ts';
import { deduplicateScalars, elementKind, sortScalars } from './lists.ts';
import type { List } from './lists.ts';
import { lookupList, lookupStruct } from './lookup.ts';

interface Merge {
  readonly schema: PatchSchema;
  readonly strategy: string;
  readonly mergeKey: string;
}

/**
 * Whether two patches of one object say different things of one field.
 * Source: MergingMapsHaveConflicts in strategicpatch/patch.go, 1.36.
 */
export function patchesConflict(left: JsonObject, right: JsonObject, schema: PatchSchema): boolean {
  return valuesConflict(left, right, { schema, strategy: '', mergeKey: '' });
}

function valuesConflict(left: JsonValue, right: JsonValue, merge: Merge): boolean {
  if (Array.isArray(left)) return !Array.isArray(right) || listsConflict(left, right, merge);
  if (!isJsonObject(left)) return !jsonEqual(left, right);
  if (!isJsonObject(right)) return true;
  if (step(left, DIRECTIVE) !== step(right, DIRECTIVE)) return true;
  return merge.strategy !== 'replace' && mapsConflict(left, right, merge.schema);
}

function mapsConflict(left: JsonObject, right: JsonObject, schema: PatchSchema): boolean {
  // Directives come last: the schema does not know them, and upstream's order is that of a Go map, by chance.
  const entries = entriesOf(left).toSorted(([a], [b]) => Number(a.startsWith('$')) - Number(b.startsWith('$')));
  return entries.some(([key, value]) => {
    const other = step(right, key);
    if (other === undefined || key === DIRECTIVE || key === RETAIN_KEYS) return false;
    let merge: Merge = { schema, strategy: '', mergeKey: '' };
    if (Array.isArray(value)) merge = lookupList(schema, key);
    else if (isJsonObject(value)) merge = lookupStruct(schema, key);
    return valuesConflict(value, other, merge);
  });
}

function listsConflict(left: List, right: List, { schema, strategy, mergeKey }: Merge): boolean {
  const kind = elementKind(left, right);
  const plain: Merge = { schema, strategy: '', mergeKey: '' };
  if (strategy === 'merge') {
    if (kind === 'scalar') return false;
    const others = byMergeKey(right, mergeKey);
    return [...byMergeKey(left, mergeKey)].some(([key, item]) => {
      const other = others.get(key);
      return other !== undefined && valuesConflict(item, other, plain);
    });
  }
  if (left.length !== right.length) return true;
  const [a, b] = kind === 'map' ? [left, right] : [normalize(left), normalize(right)];
  return a.some((item, index) => b[index] === undefined || valuesConflict(item, b[index], plain));
}

function normalize(list: List): List {
  return sortScalars(deduplicateScalars(list));
}

function byMergeKey(list: List, mergeKey: string): ReadonlyMap<string, JsonValue> {
  return new Map(
    list.map((item) => {
      const value = step(item, mergeKey);
      if (value !== undefined) return [goFormat(value), item];
      throw new PatchError(`cannot find merge key \`${mergeKey}\` in merging list element:${goFormat(item)}`);
    }),
  );
}

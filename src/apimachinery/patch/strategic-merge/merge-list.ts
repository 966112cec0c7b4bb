import type { JsonValue } from '../../../base/json.ts';
import { step } from '../../../base/json.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { DIRECTIVE, badPatchType } from './directives.ts';
import { mergeElementOrder } from './element-order.ts';
import {
  deduplicateScalars,
  elementKind,
  findByKey,
  partitionByPresence,
  requireMergeKey,
  requireObject,
} from './lists.ts';
import type { List } from './lists.ts';
import type { FieldMeta } from './lookup.ts';
import type { Merger } from './merger.ts';

/** Source: mergeSlice in strategicpatch/patch.go, 1.36. */
export function mergeList(original: List, patch: List, meta: FieldMeta, using: Merger, isDeletion: boolean): List {
  if (original.length === 0 && patch.length === 0) return original;
  if (elementKind(original, patch) === 'scalar') {
    if (using.mode === 'apply' && isDeletion) {
      const doomed = new Set(patch);
      return original.filter((item) => !doomed.has(item));
    }
    return reorder(deduplicateScalars([...original, ...patch]), patch, original, meta.mergeKey);
  }
  if (meta.mergeKey === '') throw new PatchError(`cannot merge lists without merge key for ${goKindOf(meta.schema)}`);
  const special = applyItemDirectives(original, patch, meta.mergeKey);
  const merged = special.patch.reduce((list: List, item) => mergeItem(list, item, meta, using), special.original);
  return reorder(merged, special.patch, special.original, meta.mergeKey);
}

function reorder(merged: List, patch: List, original: List, mergeKey: string): List {
  const { present, absent } = partitionByPresence(merged, patch, mergeKey);
  return mergeElementOrder(present, absent, patch, original, mergeKey);
}

/** `$patch: delete` on an item removes its like; `$patch: replace` on any item makes the patch the whole list. */
function applyItemDirectives(original: List, patch: List, mergeKey: string): { original: List; patch: List } {
  let kept = original;
  let replaces = false;
  const plain: JsonValue[] = [];
  for (const item of patch) {
    const directive = step(item, DIRECTIVE);
    if (directive === undefined) plain.push(item);
    else if (directive === 'delete') {
      const value = requireMergeKey(item, mergeKey);
      findByKey(kept, mergeKey, value);
      kept = kept.filter((other) => step(other, mergeKey) !== value);
    } else if (directive === 'replace') replaces = true;
    else if (directive === 'merge') throw new PatchError('merging lists cannot yet be specified in the patch');
    else throw badPatchType(directive, item);
  }
  return replaces ? { original: plain, patch: [] } : { original: kept, patch: plain };
}

function mergeItem(list: List, item: JsonValue, meta: FieldMeta, using: Merger): List {
  const index = findByKey(list, meta.mergeKey, requireMergeKey(item, meta.mergeKey));
  if (index < 0) return [...list, item];
  return list.with(index, using.mergeMap(requireObject(list[index]!), requireObject(item), meta.schema));
}

/** The kind that Go's reflection has for a type: `struct`, `string`, `int`. */
function goKindOf({ shape, scalarType }: PatchSchema): string {
  if (shape !== 'scalar') return shape === 'list' ? 'slice' : shape === 'map' ? 'map' : 'struct';
  return scalarType === 'numeric' ? 'int' : scalarType === 'boolean' ? 'bool' : 'string';
}

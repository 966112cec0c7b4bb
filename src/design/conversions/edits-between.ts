import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, jsonEqual } from '../../base/json.ts';
import type { FieldEdit } from '../../kinds/field-edit.ts';

/**
 * The fewest edits that make one value another, field by field, so that everything that stays keeps its text. Items of
 * a list are compared in their places.
 */
export function editsBetween(before: JsonValue, after: JsonValue, path: Path = []): readonly FieldEdit[] {
  if (jsonEqual(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after) && Object.keys(after).length > 0) {
    return editsOfMap(before, after, path);
  }
  if (Array.isArray(before) && Array.isArray(after)) return editsOfList(before, after, path);
  return [{ op: 'set', path, value: after }];
}

function editsOfMap(before: JsonObject, after: JsonObject, path: Path): readonly FieldEdit[] {
  const set = Object.entries(after).flatMap(([key, value]): readonly FieldEdit[] => {
    if (value === undefined) return [];
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    return old === undefined ? [{ op: 'set', path: [...path, key], value }] : editsBetween(old, value, [...path, key]);
  });
  const gone = Object.keys(before).filter((key) => before[key] !== undefined && after[key] === undefined);
  return [...set, ...gone.map((key): FieldEdit => ({ op: 'delete', path: [...path, key] }))];
}

function editsOfList(before: readonly JsonValue[], after: readonly JsonValue[], path: Path): readonly FieldEdit[] {
  if (after.length < before.length) return [{ op: 'set', path, value: after }];
  return after.flatMap((item, index): readonly FieldEdit[] => {
    const old = before[index];
    return old === undefined ? [{ op: 'append', path, value: item }] : editsBetween(old, item, [...path, index]);
  });
}

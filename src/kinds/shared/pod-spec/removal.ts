import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { arrayAt, asObject, valueAt } from '../../../base/json.ts';
import type { FieldEdit } from '../../field-edit.ts';

/**
 * Takes items out of a list, the last one first so that the positions of the others stay right; the list goes with
 * its last item.
 */
export function removeItems(
  object: JsonObject,
  list: Path,
  remove: (item: JsonValue, index: number) => boolean,
): readonly FieldEdit[] {
  const items = arrayAt(object, ...list);
  const indexes = items.flatMap((item, index) => (remove(item, index) ? [index] : []));
  if (indexes.length === 0) return [];
  if (indexes.length === items.length) return [{ op: 'delete', path: list }];
  return indexes.reverse().map((index) => ({ op: 'delete', path: [...list, index] }));
}

/**
 * Takes a field away together with the maps above it that hold nothing else. `keep` is how many steps from the root
 * stay whatever they hold.
 */
export function removeFieldAndEmptyParents(object: JsonObject, field: Path, keep: number): FieldEdit {
  let path = field;
  while (path.length > keep) {
    const parent = asObject(valueAt(object, ...path.slice(0, -1)));
    if (!parent || Object.keys(parent).length > 1) break;
    path = path.slice(0, -1);
  }
  return { op: 'delete', path };
}

/** Whether a field is the given one or lies below it. */
export function isWithin(field: Path, ancestor: Path): boolean {
  return ancestor.length <= field.length && ancestor.every((step, index) => field[index] === step);
}

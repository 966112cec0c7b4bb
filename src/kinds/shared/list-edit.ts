import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import type { FieldEdit } from '../field-edit.ts';

/** Takes one item out of a list, and the list itself where nothing else stands in it. `path` ends in the index. */
export function removeListItem(object: JsonObject, path: Path): FieldEdit {
  const list = path.slice(0, -1);
  return { op: 'delete', path: arrayAt(object, ...list).length <= 1 ? list : path };
}

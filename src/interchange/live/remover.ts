import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, valueAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { withValue, withoutPath } from '../json-path.ts';
import type { LiveNoteId } from '../note.ts';

/** Takes fields out of one object and keeps account of them. */
export class Remover {
  object: KubernetesObject;
  private readonly removed = new Map<LiveNoteId, string[]>();

  constructor(object: KubernetesObject) {
    this.object = object;
  }

  /** Which fields were taken away for which reason, in the order they were. */
  get account(): ReadonlyMap<LiveNoteId, readonly string[]> {
    return this.removed;
  }

  /** Takes a field away where it is there. A map that held nothing else goes with it, the object's metadata excepted. */
  remove(why: LiveNoteId, ...path: Path): void {
    if (valueAt(this.object, ...path) === undefined) return;
    this.note(why, path);
    this.object = withoutPath(this.object, path) as KubernetesObject;
    const parent = path.slice(0, -1);
    const left = valueAt(this.object, ...parent);
    const isEmptyMap = parent.length > 1 && isJsonObject(left) && Object.keys(left).length === 0;
    if (isEmptyMap && typeof parent.at(-1) === 'string')
      this.object = withoutPath(this.object, parent) as KubernetesObject;
  }

  /** The same for items of a list that a test finds; the list goes with its last item. */
  removeItems(why: LiveNoteId, path: Path, isOne: (item: JsonValue) => boolean): void {
    const list = valueAt(this.object, ...path);
    if (!Array.isArray(list)) return;
    const items = list as readonly JsonValue[];
    items.forEach((item, index) => {
      if (isOne(item)) this.note(why, [...path, index]);
    });
    const kept = items.filter((item) => !isOne(item));
    if (kept.length === items.length) return;
    this.object = (
      kept.length === 0 ? withoutPath(this.object, path) : withValue(this.object, path, kept)
    ) as KubernetesObject;
  }

  note(why: LiveNoteId, path: Path): void {
    const fields = this.removed.get(why);
    if (fields) fields.push(formatFieldPath(path));
    else this.removed.set(why, [formatFieldPath(path)]);
  }
}

import { parseFieldPath } from '../../../apimachinery/field-path.ts';
import { arrayAt, isJsonObject, valueAt } from '../../../base/json.ts';
import type { JsonObject, Path } from '../../../base/json.ts';

/**
 * The fields that matter most, as paths of this object. `*` becomes one path for each item that is there; a field
 * that is not set keeps its place, so that it can be set.
 */
export function mainFields(object: JsonObject, patterns: readonly string[]): readonly Path[] {
  return patterns.flatMap((pattern) => expand(object, [], parseFieldPath(pattern)));
}

function expand(object: JsonObject, done: Path, rest: Path): readonly Path[] {
  const star = rest.indexOf('*');
  if (star < 0) return [[...done, ...rest]];
  const list = [...done, ...rest.slice(0, star)];
  return arrayAt(object, ...list).flatMap((_, index) => expand(object, [...list, index], rest.slice(star + 1)));
}

/** What to call a field in a row: its own name, and the items of lists it stands in. */
export function fieldTitle(object: JsonObject, path: Path): { readonly title: string; readonly within: string } {
  const last = path[path.length - 1];
  const title = typeof last === 'number' ? itemTitle(object, path) : String(last ?? '');
  const within: string[] = [];
  for (let length = 1; length < path.length; length++) {
    if (typeof path[length - 1] === 'number') within.push(itemTitle(object, path.slice(0, length)));
  }
  const parent = path[path.length - 2];
  if (within.length === 0 && typeof parent === 'string' && !['spec', 'metadata', 'data'].includes(parent))
    within.push(parent);
  return { title, within: within.join(' · ') };
}

/** A list's item by its name, key or mount path where it has one, else by its number counted from 1. */
export function itemTitle(object: JsonObject, path: Path): string {
  const item = valueAt(object, ...path);
  if (isJsonObject(item)) {
    for (const key of ['name', 'key', 'host', 'path', 'mountPath', 'port', 'containerPort', 'type', 'kind']) {
      const value = item[key];
      if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
    }
  }
  const index = path[path.length - 1];
  return `#${typeof index === 'number' ? index + 1 : index}`;
}

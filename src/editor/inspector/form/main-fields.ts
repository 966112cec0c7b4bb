import { parseFieldPath } from '../../../apimachinery/field-path.ts';
import { arrayAt, isJsonObject, jsonEqual, valueAt } from '../../../base/json.ts';
import type { JsonObject, Path } from '../../../base/json.ts';

/**
 * The fields that matter most, as paths of this object. `*` becomes one path for each item that is there; a field
 * that is not set keeps its place, so that it can be set. Fields of one list that follow each other are told item by item:
 * kind and name of one subject, then of the next.
 */
export function mainFields(object: JsonObject, patterns: readonly string[]): readonly Path[] {
  return expand(object, [], patterns.map(parseFieldPath));
}

function expand(object: JsonObject, done: Path, patterns: readonly Path[]): readonly Path[] {
  return runs(patterns).flatMap((run) => {
    const list = listOf(run[0]!);
    if (list === undefined) return run.map((rest) => [...done, ...rest]);
    const rests = run.map((pattern) => pattern.slice(list.length + 1));
    const at = [...done, ...list];
    return arrayAt(object, ...at).flatMap((_, index) => expand(object, [...at, index], rests));
  });
}

/** Patterns that follow each other and go into the same list; one that goes into none stands alone. */
function runs(patterns: readonly Path[]): readonly (readonly Path[])[] {
  const found: Path[][] = [];
  for (const pattern of patterns) {
    const last = found.at(-1);
    const list = listOf(pattern);
    if (last && list !== undefined && jsonEqual([...list], [...(listOf(last[0]!) ?? [])])) last.push(pattern);
    else found.push([pattern]);
  }
  return found;
}

/** The list that a pattern goes into first; undefined where it goes into none. */
function listOf(pattern: Path): Path | undefined {
  const star = pattern.indexOf('*');
  return star < 0 ? undefined : pattern.slice(0, star);
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

/** What an edit means for the value of a document: the yardstick every edited text is measured against. */
import type { JsonValue, Path, PathStep } from '../base/json.ts';
import { isJsonObject, jsonEqual, step, valueAt } from '../base/json.ts';
import { setOwn } from './reading.ts';
import type { MutableMap } from './reading.ts';

/** A change to one document. Paths are steps from the root of the document. */
export type Edit =
  /** Puts a value at a path; missing parents are made. */
  | { readonly op: 'set'; readonly path: Path; readonly value: JsonValue }
  /** Takes an entry or an item away; nothing happens where there is none. */
  | { readonly op: 'delete'; readonly path: Path }
  /** Adds to the end of the list at `path`, which is made where it is missing or null. */
  | { readonly op: 'append'; readonly path: Path; readonly value: JsonValue }
  /** Puts a new item before the one at `index` of the list at `path`. */
  | { readonly op: 'insert'; readonly path: Path; readonly index: number; readonly value: JsonValue }
  /** Moves the item `from` of the list at `path` so that it becomes the item `to`. */
  | { readonly op: 'move'; readonly path: Path; readonly from: number; readonly to: number }
  /** Gives the entry at `path` another key; its place and value stay. */
  | { readonly op: 'rename'; readonly path: Path; readonly key: string };

export type EditRefusal =
  /** The document does not parse as the editor must parse it, so no place in it is known. */
  | 'edit.unparsed'
  /** The path leads through an alias (`*a`): the text belongs to the anchor. `anchor`. */
  | 'edit.insideAlias'
  /** The field comes from a merge (`<<: *a`). `key`. */
  | 'edit.insideMerge'
  /** The text is shared through an anchor, or no way of writing reads back as intended. */
  | 'edit.notPossible'
  /** A step of the path needs a map where there is none. `path`. */
  | 'edit.notAMap'
  /** A step of the path needs a list where there is none. `path`. */
  | 'edit.notAList'
  /** The list is not that long. `index`. */
  | 'edit.noSuchItem'
  /** There is no entry of that name to rename. `key`. */
  | 'edit.noSuchKey'
  /** Another entry has the new name. `key`. */
  | 'edit.keyExists';

export interface Refused {
  readonly ok: false;
  readonly reason: EditRefusal;
  readonly params: Readonly<Record<string, string | number>>;
}

export function refuse(reason: EditRefusal, params: Refused['params'] = {}): Refused {
  return { ok: false, reason, params };
}

export type Changed = { readonly ok: true; readonly value: JsonValue } | Refused;

/** The value after the edit. */
export function changed(before: JsonValue, edit: Edit): Changed {
  switch (edit.op) {
    case 'set':
      return putAt(before, edit.path, edit.value);
    case 'delete':
      return { ok: true, value: withoutAt(before, edit.path) };
    case 'append':
      return changeList(before, edit.path, (list) => [...list, edit.value]);
    case 'insert':
      return changeList(before, edit.path, (list) =>
        isIndex(edit.index, list.length + 1) ? list.toSpliced(edit.index, 0, edit.value) : edit.index,
      );
    case 'move':
      return changeList(before, edit.path, (list) => moved(list, edit.from, edit.to));
    case 'rename':
      return renamed(before, edit.path, edit.key);
  }
}

const isIndex = (index: number, length: number): boolean => Number.isInteger(index) && index >= 0 && index < length;

function moved(list: readonly JsonValue[], from: number, to: number): JsonValue[] | number {
  if (!isIndex(from, list.length)) return from;
  if (!isIndex(to, list.length)) return to;
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);
}

function putAt(before: JsonValue | undefined, path: Path, value: JsonValue): Changed {
  const [head, ...rest] = path;
  if (head === undefined) return { ok: true, value };
  const inner = putAt(step(before ?? null, head), rest, value);
  if (!inner.ok) return withStep(inner, head);
  if (typeof head === 'number') {
    const list = before ?? [];
    if (!Array.isArray(list)) return refuse('edit.notAList', { path: '' });
    if (!isIndex(head, list.length + 1)) return refuse('edit.noSuchItem', { index: head });
    return { ok: true, value: (list as readonly JsonValue[]).toSpliced(head, 1, inner.value) };
  }
  if (before !== undefined && before !== null && !isJsonObject(before)) return refuse('edit.notAMap', { path: '' });
  const map = copyMap(before ?? {});
  setOwn(map, head, inner.value);
  return { ok: true, value: map };
}

function withStep(refused: Refused, head: PathStep): Refused {
  const { path } = refused.params;
  return path === undefined
    ? refused
    : refuse(refused.reason, { path: path === '' ? String(head) : `${head}.${path}` });
}

function copyMap(source: object): MutableMap {
  const copy: MutableMap = {};
  for (const key of Object.keys(source)) setOwn(copy, key, (source as MutableMap)[key]!);
  return copy;
}

function withoutAt(before: JsonValue, path: Path): JsonValue {
  const [head, ...rest] = path;
  if (head === undefined) return before;
  const inner = step(before, head);
  if (inner === undefined) return before;
  if (rest.length > 0) return replaceStep(before, head, withoutAt(inner, rest));
  if (Array.isArray(before)) return (before as readonly JsonValue[]).toSpliced(Number(head), 1);
  const map = copyMap(before as object);
  delete map[head];
  return map;
}

function replaceStep(before: JsonValue, head: PathStep, value: JsonValue): JsonValue {
  if (Array.isArray(before)) return (before as readonly JsonValue[]).toSpliced(Number(head), 1, value);
  const map = copyMap(before as object);
  setOwn(map, String(head), value);
  return map;
}

function changeList(
  before: JsonValue,
  path: Path,
  change: (list: readonly JsonValue[]) => readonly JsonValue[] | number,
): Changed {
  const list = valueAt(before, ...path) ?? [];
  if (!Array.isArray(list)) return refuse('edit.notAList', { path: path.join('.') });
  const next = change(list as readonly JsonValue[]);
  return typeof next === 'number' ? refuse('edit.noSuchItem', { index: next }) : putAt(before, path, next);
}

function renamed(before: JsonValue, path: Path, key: string): Changed {
  const parent = path.slice(0, -1);
  const map = valueAt(before, ...parent);
  const old = path.at(-1);
  if (typeof old !== 'string' || !isJsonObject(map) || !Object.hasOwn(map, old)) {
    return refuse('edit.noSuchKey', { key: String(old ?? '') });
  }
  if (old === key) return { ok: true, value: before };
  if (Object.hasOwn(map, key)) return refuse('edit.keyExists', { key });
  const copy: MutableMap = {};
  for (const name of Object.keys(map)) setOwn(copy, name === old ? key : name, map[name]!);
  return putAt(before, parent, copy);
}

/**
 * The same change in smaller steps: a map or list put over another becomes edits of what differs, so that the comments and
 * the style of the rest live.
 */
export function inSteps(before: JsonValue, edit: Edit): readonly Edit[] {
  if (edit.op !== 'set') return [edit];
  const old = valueAt(before, ...edit.path);
  const { path, value } = edit;
  if (isJsonObject(old) && isJsonObject(value) && Object.keys(old).length > 0 && Object.keys(value).length > 0) {
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
    // Where nothing stays, the map is written anew.
    if (gone.length === Object.keys(old).length) return [edit];
    const sets = Object.keys(value).flatMap((key) => stepsAt(before, [...path, key], value[key]!));
    return [...sets, ...gone.map((key): Edit => ({ op: 'delete', path: [...path, key] }))];
  }
  if (Array.isArray(old) && Array.isArray(value) && old.length > 0 && value.length > 0) {
    return listSteps(before, path, old as readonly JsonValue[], value as readonly JsonValue[]);
  }
  return [edit];
}

function stepsAt(before: JsonValue, path: Path, value: JsonValue): readonly Edit[] {
  const old = valueAt(before, ...path);
  return old !== undefined && jsonEqual(old, value) ? [] : inSteps(before, { op: 'set', path, value });
}

function listSteps(
  before: JsonValue,
  path: Path,
  old: readonly JsonValue[],
  value: readonly JsonValue[],
): readonly Edit[] {
  const shorter = Math.min(old.length, value.length);
  let head = 0;
  while (head < shorter && jsonEqual(old[head], value[head])) head++;
  let tail = 0;
  while (tail < shorter - head && jsonEqual(old.at(-1 - tail), value.at(-1 - tail))) tail++;
  const common = shorter - head - tail;
  const edits: Edit[] = [];
  for (let at = head; at < head + common; at++) edits.push(...stepsAt(before, [...path, at], value[at]!));
  for (let at = head + common; at < value.length - tail; at++)
    edits.push({ op: 'insert', path, index: at, value: value[at]! });
  for (let at = old.length - tail - 1; at >= head + common; at--) edits.push({ op: 'delete', path: [...path, at] });
  return edits;
}

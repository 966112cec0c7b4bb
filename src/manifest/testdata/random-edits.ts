/** Random edits of documents, and the laws that every edit keeps. */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, jsonEqual, valueAt } from '../../base/json.ts';
import { changed } from '../edit-value.ts';
import type { Edit } from '../edit-value.ts';
import { applyEdits } from '../edit.ts';
import { locate } from '../positions.ts';
import { readTree } from '../tree-reader.ts';

/** Every path of a value. */
function pathsOf(value: JsonValue, path: Path = []): Path[] {
  const children = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item, index) => [index, item] as const)
    : isJsonObject(value)
      ? Object.keys(value).map((key) => [key, value[key]!] as const)
      : [];
  return [path, ...children.flatMap(([step, child]) => pathsOf(child, [...path, step]))];
}

const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue[]>('x', 'yes', '1.10', '', 'a: b', 'one\ntwo\n', ' # c', 'it\'s "so"', 'one\n  two', '中文', 7, true, null, 1.5, {}, []),
  fc.string({ maxLength: 8 }),
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'on', 'name', 'x/y', '1'), leaf, { maxKeys: 3 }) },
  { weight: 1, arbitrary: leaf.map((inner): JsonValue => ({ a: { b: [{ c: inner, d: [inner] }] } })) },
);
export const choice = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.nat(6),
  key: fc.constantFrom('new', 'name', 'on', 'a.b/c', '0', '__proto__'),
  value,
  index: fc.nat(4),
});
export type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

/** The edit that a choice means for the document as it is now. */
function editFor(document: JsonValue, { at, kind, key, value: next, index }: Choice): Edit {
  const paths = pathsOf(document).filter((path) => path.length > 0);
  const path = paths[Math.floor(at * paths.length)] ?? ['kind'];
  const here = valueAt(document, ...path);
  if (kind === 0) return { op: 'delete', path };
  if (kind === 1) return { op: 'set', path: isJsonObject(here) || here === null ? [...path, key] : path, value: next };
  if (kind === 2) return { op: 'set', path: isJsonObject(here) || here === null ? [...path, key, 'deeper', 'still'] : path, value: next };
  if (Array.isArray(here)) {
    const length = here.length;
    if (kind === 3) return { op: 'append', path, value: next };
    if (kind === 4) return { op: 'insert', path, index: index % (length + 1), value: next };
    if (kind === 5 && length > 0) return { op: 'move', path, from: index % length, to: (index * 7) % length };
  }
  if (kind === 6 && typeof path.at(-1) === 'string') return { op: 'rename', path, key };
  return { op: 'set', path, value: next };
}

/** Line numbers (from 0) that an edit may touch: those of the field, and of what holds it where that is written anew. */
function ownLines(text: string, format: 'yaml' | 'json', edit: Edit): [number, number] {
  const field = edit.op === 'set' || edit.op === 'delete' ? parentWhenMissing(text, format, edit.path) : edit.path;
  const path = edit.op === 'delete' && isOnlyEntry(text, field) ? field.slice(0, -1) : field;
  const location = locate(text, format, path);
  if (!location) return [0, Infinity];
  const first = location.whole.line - 1;
  return [first, first + text.slice(location.whole.start, location.whole.end).split('\n').length - 1];
}

/** Its map or list is written as empty when an only entry goes. */
function isOnlyEntry(text: string, path: Path): boolean {
  const reading = readTree(text);
  const holder = reading.ok ? valueAt(reading.value, ...path.slice(0, -1)) : undefined;
  return typeof holder === 'object' && holder !== null && Object.keys(holder).length === 1;
}

function parentWhenMissing(text: string, format: 'yaml' | 'json', path: Path): Path {
  let exists = path;
  while (exists.length > 0 && !locate(text, format, exists)) exists = exists.slice(0, -1);
  return exists;
}

function checkLines(before: string, after: string, [first, last]: [number, number]): void {
  const old = before.split('\n');
  const next = after.split('\n');
  // What stands above the field stays; what stands below it too. A deleted only entry rewrites its parent's line above,
  // and the comma or dash of a neighbour may go: one line each side.
  const head = Math.max(0, first - 1);
  expect(next.slice(0, head)).toEqual(old.slice(0, head));
  const tail = Math.max(0, old.length - 1 - (last + 1));
  expect(tail === 0 ? [] : next.slice(-tail)).toEqual(tail === 0 ? [] : old.slice(-tail));
}


export type Outcome = { readonly done: string } | 'refused';

/**
 * Makes the edit that `next` means and checks it: an edit that has a meaning is made, the new text means exactly that, and
 * lines of other fields are the same as before.
 */
export function checkEdit(text: string, format: 'yaml' | 'json', next: Choice): Outcome {
  const reading = readTree(text);
  if (!reading.ok) throw new Error(`does not read: ${text}`);
  const edit = editFor(reading.value, next);
  const expected = changed(reading.value, edit);
  const result = applyEdits(text, format, [edit]);
  const told = `${JSON.stringify(edit)}\n${text}`;
  if (!result.ok) {
    if (expected.ok) expect(result, told).toBe('done');
    return 'refused';
  }
  const reread = readTree(result.text);
  expect(reread.ok && expected.ok && jsonEqual(reread.value, expected.value), `${told}\n${result.text}`).toBe(true);
  if (edit.path.length > 1) checkLines(text, result.text, ownLines(text, format, edit));
  return { done: result.text };
}

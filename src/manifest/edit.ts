/**
 * Editing a document by splicing its source text. Only the lines of the changed field change: comments, order, quotes,
 * indentation, line ends and anchors elsewhere stay as they were.
 *
 * Every edit is checked before it is given out: the new text is read again and must mean exactly what the edit meant.
 */
import { isMap, isScalar, isSeq } from 'yaml';
import type { JsonValue, Path } from '../base/json.ts';
import { jsonEqual, valueAt } from '../base/json.ts';
import {
  deleteEntry,
  deleteItem,
  emptied,
  insertEntry,
  insertItemLines,
  reorderItems,
  replaceEntryValue,
  replaceItem,
  replaceRoot,
  replaceScalar,
} from './edit-block.ts';
import { deleteFlow, insertFlowEntry, insertFlowItem, replaceFlowRoot, replaceFlowValue } from './edit-flow.ts';
import { itemScope } from './edit-scope.ts';
import { parseForEdit } from './edit-source.ts';
import type { EditSource } from './edit-source.ts';
import { findPlace, isExplicit, isFlow, keyTextOf } from './edit-tree.ts';
import type { Found, Place } from './edit-tree.ts';
import { changed, inSteps, refuse } from './edit-value.ts';
import type { Edit, Refused } from './edit-value.ts';
import { readJson, skipJsonSpace } from './json-reader.ts';
import { keyText } from './print.ts';
import { quoteString } from './quote.ts';
import type { Reading } from './reading.ts';
import type { Splice } from './splice.ts';
import { applySplices } from './splice.ts';
import { YamlReader } from './yaml-reader.ts';

export type { Edit, EditRefusal } from './edit-value.ts';

export type EditResult = { readonly ok: true; readonly text: string } | Refused;
type Format = 'yaml' | 'json';

/** Edits one after another; all or none. `text` is the text of a document segment, and so is the answer. */
export function applyEdits(text: string, format: Format, edits: readonly Edit[]): EditResult {
  let current = text;
  for (const edit of edits) {
    const result = applyEdit(current, format, edit);
    if (!result.ok) return result;
    current = result.text;
  }
  return { ok: true, text: current };
}

export function setValue(text: string, format: Format, path: Path, value: JsonValue): EditResult {
  return applyEdit(text, format, { op: 'set', path, value });
}
export function deleteValue(text: string, format: Format, path: Path): EditResult {
  return applyEdit(text, format, { op: 'delete', path });
}
export function appendItem(text: string, format: Format, path: Path, value: JsonValue): EditResult {
  return applyEdit(text, format, { op: 'append', path, value });
}
export function insertItem(text: string, format: Format, path: Path, index: number, value: JsonValue): EditResult {
  return applyEdit(text, format, { op: 'insert', path, index, value });
}
export function moveItem(text: string, format: Format, path: Path, from: number, to: number): EditResult {
  return applyEdit(text, format, { op: 'move', path, from, to });
}
export function renameKey(text: string, format: Format, path: Path, key: string): EditResult {
  return applyEdit(text, format, { op: 'rename', path, key });
}

function applyEdit(text: string, format: Format, edit: Edit): EditResult {
  const before = readingOf(text, format);
  if (before === undefined) return refuse('edit.unparsed');
  return applyToItem(text, format, before, edit) ?? applyToWhole(text, format, before.value, edit);
}

function applyToWhole(text: string, format: Format, before: JsonValue, edit: Edit): EditResult {
  const steps = inSteps(before, edit);
  const only = steps.length === 1 ? steps[0]! : undefined;
  if (only) return applyStep(text, format, before, only);
  let current = text;
  for (const step of steps) {
    const value = valueOf(current, format);
    const result = value === undefined ? refuse('edit.unparsed') : applyStep(current, format, value, step);
    if (!result.ok) return result;
    current = result.text;
  }
  return { ok: true, text: current };
}

/** A change inside one item of a large List is made in the text of that item alone; undefined where that does not work. */
function applyToItem(text: string, format: Format, before: Reading, edit: Edit): EditResult | undefined {
  const scope = text.length < LARGE_LIST ? undefined : itemScope(text, format, before, edit.path);
  if (!scope) return undefined;
  const indent = ' '.repeat(scope.indent);
  const item = indent + text.slice(scope.start, scope.end);
  const inner = { ...edit, path: edit.path.slice(2) };
  const value = valueOf(item, format);
  const result = value === undefined ? undefined : applyToWhole(item, format, value, inner);
  if (!result?.ok || !result.text.startsWith(indent)) return undefined;
  const whole = text.slice(0, scope.start) + result.text.slice(scope.indent) + text.slice(scope.end);
  const expected = changed(before.value, edit);
  const after = valueOf(whole, format);
  return expected.ok && after !== undefined && jsonEqual(after, expected.value) ? { ok: true, text: whole } : undefined;
}
/** Characters from which parsing a whole List anew for one edit would be felt. */
const LARGE_LIST = 50_000;

/** A document as it is read; undefined where it does not read. */
function readingOf(text: string, format: Format): Reading | undefined {
  if (format === 'json') {
    const reading = readJson(text, 0);
    return reading.ok && skipJsonSpace(text, reading.end) === text.length ? reading : undefined;
  }
  const reading = new YamlReader(text).read(0, text.length);
  return reading.ok ? reading : undefined;
}

function valueOf(text: string, format: Format): JsonValue | undefined {
  return readingOf(text, format)?.value;
}

function applyStep(text: string, format: Format, before: JsonValue, edit: Edit): EditResult {
  const after = changed(before, edit);
  if (!after.ok) return after;
  const same = jsonEqual(before, after.value);
  if (same && edit.op !== 'set') return { ok: true, text };
  if (same && valueAt(before, ...edit.path) !== undefined) return { ok: true, text };
  const source = parseForEdit(text, format);
  if (!source) return refuse('edit.unparsed');
  const found = findPlace(source.root, edit.path);
  const blocked = blockedBy(found, edit, before);
  if (blocked) return blocked;
  for (const attempt of attempts(source, found, edit, before)) {
    const splices = attempt();
    if (!splices) continue;
    const result = applySplices(text, splices);
    const value = valueOf(result, format);
    if (value !== undefined && jsonEqual(value, after.value)) return { ok: true, text: result };
  }
  return refuse('edit.notPossible');
}

/** Fields whose text stands elsewhere: behind an alias, or in a map that is merged in. */
function blockedBy(found: Found, edit: Edit, before: JsonValue): Refused | undefined {
  if (found.type === 'alias') return refuse('edit.insideAlias', { anchor: found.alias.source });
  if (found.type !== 'missing') return undefined;
  const inherited = valueAt(before, ...edit.path.slice(0, found.depth + 1)) !== undefined;
  const overwrites = edit.op === 'set' && found.depth === edit.path.length - 1;
  return inherited && !overwrites ? refuse('edit.insideMerge', { key: String(edit.path[found.depth]) }) : undefined;
}

type Attempt = () => Splice[] | undefined;

/** Ways to write an edit, the gentlest first. */
function attempts(source: EditSource, found: Found, edit: Edit, before: JsonValue): Attempt[] {
  switch (edit.op) {
    case 'set':
      return put(source, found, edit.path, edit.value);
    case 'append':
    case 'insert': {
      const list = valueAt(before, ...edit.path);
      const index = edit.op === 'insert' ? edit.index : Array.isArray(list) ? list.length : 0;
      if (found.type !== 'found' || !Array.isArray(list) || list.length === 0) {
        return put(source, found, edit.path, [edit.value]);
      }
      return insert(source, found.place, index, edit.value);
    }
    case 'delete':
      return found.type === 'found'
        ? [...remove(source, found.place, edit.path), () => removeAll(source, edit.path)]
        : [];
    case 'move':
      return found.type === 'found' ? [() => move(source, found.place, edit.from, edit.to)] : [];
    case 'rename':
      return found.type === 'found' ? [() => rename(source, found.place, edit.key)] : [];
  }
}

function put(source: EditSource, found: Found, path: Path, value: JsonValue): Attempt[] {
  if (found.type === 'found') return replace(source, found.place, value);
  if (found.type !== 'missing') return [];
  const [next, ...rest] = path.slice(found.depth);
  // Parents that are missing are written together with the value.
  const nested = rest.reduceRight<JsonValue>(
    (inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }),
    value,
  );
  const { node } = found.place;
  const isEmpty = !(isMap(node) || isSeq(node)) || node.items.length === 0;
  if (isEmpty) {
    const container: JsonValue = typeof next === 'number' ? [nested] : { [String(next)]: nested };
    return replace(source, found.place, container);
  }
  if (isMap(node) && typeof next === 'string') {
    return isFlow(node)
      ? [() => insertFlowEntry(source, node, next, nested)]
      : [() => insertEntry(source, node, next, nested)];
  }
  return typeof next === 'number' ? insert(source, found.place, next, nested) : [];
}

/** Puts a value in the place of another. */
function replace(source: EditSource, place: Place, value: JsonValue): Attempt[] {
  const { node, parent, pair, index } = place;
  if (!parent) return [() => replaceRoot(source, value), () => replaceFlowRoot(source, value)];
  if (isFlow(parent)) {
    return [() => replaceScalar(source, node, value, 'flow'), () => replaceFlowValue(source, node, pair, value)];
  }
  const gentle: Attempt = () => replaceScalar(source, node, value, 'block');
  if (isMap(parent) && pair)
    return [gentle, () => (isExplicit(pair) ? undefined : replaceEntryValue(source, parent, pair, value))];
  return isSeq(parent) ? [gentle, () => replaceItem(source, parent, index ?? 0, value)] : [];
}

function insert(source: EditSource, { node }: Place, index: number, value: JsonValue): Attempt[] {
  if (!isSeq(node)) return [];
  return isFlow(node)
    ? [() => insertFlowItem(source, node, index, value)]
    : [() => insertItemLines(source, node, index, value)];
}

function remove(source: EditSource, place: Place, path: Path): Attempt[] {
  const { parent, pair, index } = place;
  if (!parent) return [];
  const number = isMap(parent) ? parent.items.findIndex((item) => item === pair) : (index ?? 0);
  if (isFlow(parent)) return [() => deleteFlow(source, parent, number)];
  if (parent.items.length === 1) {
    // The last entry leaves an empty map behind, which has to be written.
    const above = findPlace(source.root, path.slice(0, -1));
    if (above.type !== 'found') return [];
    const empty = isMap(parent) ? {} : [];
    return [() => emptied(above.place, removeEntry(source, place)), ...replace(source, above.place, empty)];
  }
  return [() => removeEntry(source, place)];
}

/** Takes an entry of a block map or an item of a block list away. */
function removeEntry(source: EditSource, { parent, pair, index }: Place): Splice[] | undefined {
  if (isMap(parent)) return pair && deleteEntry(source, parent, pair);
  return isSeq(parent) ? deleteItem(source, parent, index ?? 0) : undefined;
}

/** A key that stands several times goes several times. */
function removeAll(source: EditSource, path: Path): Splice[] | undefined {
  let { text } = source;
  for (let count = 0; count < MOST_EQUAL_KEYS; count++) {
    const now = parseForEdit(text, source.format);
    if (!now) return undefined;
    const found = findPlace(now.root, path);
    if (found.type !== 'found') return [{ start: 0, end: source.text.length, text }];
    const splices = remove(now, found.place, path)[0]?.();
    if (!splices) return undefined;
    text = applySplices(text, splices);
  }
  return undefined;
}
const MOST_EQUAL_KEYS = 20;

function move(source: EditSource, { node }: Place, from: number, to: number): Splice[] | undefined {
  if (!isSeq(node)) return undefined;
  const order = [...node.items.keys()].toSpliced(from, 1).toSpliced(to, 0, from);
  return reorderItems(source, node, order);
}

/** The entry under its new key; where the old key stood several times, all of them, so that the last still counts. */
function rename(source: EditSource, { parent, pair }: Place, key: string): Splice[] | undefined {
  if (!isMap(parent) || !pair) return undefined;
  const old = keyTextOf(pair.key);
  const place = source.format === 'json' ? 'json' : isFlow(parent) ? 'flow' : 'block';
  return parent.items.flatMap((item): Splice[] => {
    if (!isScalar(item.key) || !item.key.range || keyTextOf(item.key) !== old) return [];
    const [start, end] = item.key.range;
    const style = item.key.type === 'QUOTE_DOUBLE' ? 'double' : item.key.type === 'QUOTE_SINGLE' ? 'single' : undefined;
    return [{ start, end, text: style ? quoteString(key, place, style) : keyText(key, place) }];
  });
}

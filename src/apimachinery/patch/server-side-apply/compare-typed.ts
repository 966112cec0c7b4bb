import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { jsonEqual, step } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';
import type { FieldSet } from './field-set.ts';
import { FieldSetBuilder } from './field-set.ts';
import { fieldElement } from './path-element.ts';
import type { FieldPath, PathElement } from './path-element.ts';
import type { Atom, TypedValue } from './typed-value.ts';
import { atomOf, fieldSchema, isAtomic, isEmptyMap, itemElements, itemSchema, listOf, mapOf } from './typed-value.ts';

/** Which fields differ between two versions of an object. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** One field that differs. */
export interface Change {
  readonly kind: 'added' | 'modified' | 'removed';
  readonly path: FieldPath;
}

/** Source: typed/compare.go of sigs.k8s.io/structured-merge-diff/v6. */
export function compareTyped(before: TypedValue, after: TypedValue): Comparison {
  return comparisonOf(changesBetween(before, after));
}

/** The same field by field, in the order in which they are found. */
export function changesBetween(before: TypedValue, after: TypedValue): readonly Change[] {
  const changes: Change[] = [];
  compare(before.value, after.value, before.schema, [], changes);
  return changes;
}

export function comparisonOf(changes: readonly Change[]): Comparison {
  const built = { added: new FieldSetBuilder(), modified: new FieldSetBuilder(), removed: new FieldSetBuilder() };
  for (const { kind, path } of changes) built[kind].insert(path);
  return { added: built.added.build(), modified: built.modified.build(), removed: built.removed.build() };
}

type Maybe = JsonValue | undefined;

function compare(before: Maybe, after: Maybe, schema: PatchSchema, path: FieldPath, changes: Change[]): void {
  if (before === after && before !== undefined) return;
  const left = atomOf(schema, before);
  const right = atomOf(schema, after);
  let isLeaf: boolean;
  if (after === undefined) isLeaf = compareAs(left, before, after, schema, path, changes);
  else {
    // A value that changed its form, which only content without a schema can, is compared as both.
    if (before !== undefined && left !== right) compareAs(left, before, after, schema, path, changes);
    isLeaf = compareAs(right, before, after, schema, path, changes);
  }
  if (isLeaf) return;
  if (before === undefined) changes.push({ kind: 'added', path: path });
  else if (after === undefined) changes.push({ kind: 'removed', path: path });
}

/** Answers whether the value was compared as a whole. */
function compareAs(
  atom: Atom | undefined,
  before: Maybe,
  after: Maybe,
  schema: PatchSchema,
  path: FieldPath,
  changes: Change[],
): boolean {
  const form = atom ?? 'map';
  if (form === 'scalar' || isAtomic(schema, form)) return compareLeaf(before, after, path, changes);
  if (form === 'list') {
    const [a, b] = [listOf(before) ?? [], listOf(after) ?? []];
    if (a.length + b.length === 0) return compareLeaf(before, after, path, changes);
    compareItems(a, b, schema, path, changes);
    return false;
  }
  const [a, b] = [mapOf(before), mapOf(after)];
  if (isEmptyMap(a) && isEmptyMap(b)) return compareLeaf(before, after, path, changes);
  compareFields(a ?? {}, b ?? {}, schema, path, changes);
  return false;
}

function compareLeaf(before: Maybe, after: Maybe, path: FieldPath, changes: Change[]): true {
  if (before === undefined) changes.push({ kind: 'added', path: path });
  else if (after === undefined) changes.push({ kind: 'removed', path: path });
  else if (!jsonEqual(before, after)) changes.push({ kind: 'modified', path: path });
  return true;
}

function compareFields(
  before: JsonObject,
  after: JsonObject,
  schema: PatchSchema,
  path: FieldPath,
  changes: Change[],
): void {
  for (const key of Object.keys(before)) compareField(before, after, key, schema, path, changes);
  for (const key of Object.keys(after))
    if (!Object.hasOwn(before, key)) compareField(before, after, key, schema, path, changes);
}

function compareField(
  before: JsonObject,
  after: JsonObject,
  key: string,
  schema: PatchSchema,
  path: FieldPath,
  changes: Change[],
): void {
  const [a, b] = [step(before, key), step(after, key)];
  // Most fields are shared.
  if (a === b && a !== undefined) return;
  const field = fieldSchema(schema, key);
  if (field) compare(a, b, field, [...path, fieldElement(key)], changes);
}

type List = readonly JsonValue[];

function compareItems(before: List, after: List, schema: PatchSchema, path: FieldPath, changes: Change[]): void {
  const left = groupItems(before, schema);
  const right = groupItems(after, schema);
  for (const [id, { element }] of new Map([...right, ...left])) {
    const inner = [...path, element];
    const a = left.get(id)?.items ?? [];
    const b = right.get(id)?.items ?? [];
    if (a.length <= 1 && b.length <= 1) compare(a[0], b[0], itemSchema(schema), inner, changes);
    else if (a.length >= 2 && b.length >= 2) {
      if (!jsonEqual(a, b)) changes.push({ kind: 'modified', path: inner });
    } else if (a.length >= 2) {
      if (b.length > 0) compare(undefined, b[0], itemSchema(schema), inner, changes);
      changes.push({ kind: 'removed', path: inner });
    } else {
      if (a.length > 0) compare(a[0], undefined, itemSchema(schema), inner, changes);
      changes.push({ kind: 'added', path: inner });
    }
  }
}

/** Items that share a key (allowed in live objects) stand together. */
function groupItems(list: List, schema: PatchSchema): Map<string, { element: PathElement; items: JsonValue[] }> {
  const groups = new Map<string, { element: PathElement; items: JsonValue[] }>();
  for (const [index, element] of itemElements(schema, list).entries()) {
    const group = groups.get(element.id);
    if (group) group.items.push(list[index] ?? null);
    else groups.set(element.id, { element, items: [list[index] ?? null] });
  }
  return groups;
}

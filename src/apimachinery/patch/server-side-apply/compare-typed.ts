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

/** Source: typed/compare.go of sigs.k8s.io/structured-merge-diff/v6. */
export function compareTyped(before: TypedValue, after: TypedValue): Comparison {
  const walk: Walk = { added: new FieldSetBuilder(), modified: new FieldSetBuilder(), removed: new FieldSetBuilder() };
  compare(before.value, after.value, before.schema, [], walk);
  return { added: walk.added.build(), modified: walk.modified.build(), removed: walk.removed.build() };
}

interface Walk {
  readonly added: FieldSetBuilder;
  readonly modified: FieldSetBuilder;
  readonly removed: FieldSetBuilder;
}

type Maybe = JsonValue | undefined;

function compare(before: Maybe, after: Maybe, schema: PatchSchema, path: FieldPath, walk: Walk): void {
  if (before === after && before !== undefined) return;
  const left = atomOf(schema, before);
  const right = atomOf(schema, after);
  let isLeaf: boolean;
  if (after === undefined) isLeaf = compareAs(left, before, after, schema, path, walk);
  else {
    // A value that changed its form, which only content without a schema can, is compared as both.
    if (before !== undefined && left !== right) compareAs(left, before, after, schema, path, walk);
    isLeaf = compareAs(right, before, after, schema, path, walk);
  }
  if (isLeaf) return;
  if (before === undefined) walk.added.insert(path);
  else if (after === undefined) walk.removed.insert(path);
}

/** Answers whether the value was compared as a whole. */
function compareAs(
  atom: Atom | undefined,
  before: Maybe,
  after: Maybe,
  schema: PatchSchema,
  path: FieldPath,
  walk: Walk,
): boolean {
  const form = atom ?? 'map';
  if (form === 'scalar' || isAtomic(schema, form)) return compareLeaf(before, after, path, walk);
  if (form === 'list') {
    const [a, b] = [listOf(before) ?? [], listOf(after) ?? []];
    if (a.length + b.length === 0) return compareLeaf(before, after, path, walk);
    compareItems(a, b, schema, path, walk);
    return false;
  }
  const [a, b] = [mapOf(before), mapOf(after)];
  if (isEmptyMap(a) && isEmptyMap(b)) return compareLeaf(before, after, path, walk);
  compareFields(a ?? {}, b ?? {}, schema, path, walk);
  return false;
}

function compareLeaf(before: Maybe, after: Maybe, path: FieldPath, walk: Walk): true {
  if (before === undefined) walk.added.insert(path);
  else if (after === undefined) walk.removed.insert(path);
  else if (!jsonEqual(before, after)) walk.modified.insert(path);
  return true;
}

function compareFields(before: JsonObject, after: JsonObject, schema: PatchSchema, path: FieldPath, walk: Walk): void {
  for (const key of Object.keys(before)) compareField(before, after, key, schema, path, walk);
  for (const key of Object.keys(after))
    if (!Object.hasOwn(before, key)) compareField(before, after, key, schema, path, walk);
}

function compareField(
  before: JsonObject,
  after: JsonObject,
  key: string,
  schema: PatchSchema,
  path: FieldPath,
  walk: Walk,
): void {
  const [a, b] = [step(before, key), step(after, key)];
  // Most fields are shared.
  if (a === b && a !== undefined) return;
  const field = fieldSchema(schema, key);
  if (field) compare(a, b, field, [...path, fieldElement(key)], walk);
}

type List = readonly JsonValue[];

function compareItems(before: List, after: List, schema: PatchSchema, path: FieldPath, walk: Walk): void {
  const left = groupItems(before, schema);
  const right = groupItems(after, schema);
  for (const [id, { element }] of new Map([...right, ...left])) {
    const inner = [...path, element];
    const a = left.get(id)?.items ?? [];
    const b = right.get(id)?.items ?? [];
    if (a.length <= 1 && b.length <= 1) compare(a[0], b[0], itemSchema(schema), inner, walk);
    else if (a.length >= 2 && b.length >= 2) {
      if (!jsonEqual(a, b)) walk.modified.insert(inner);
    } else if (a.length >= 2) {
      if (b.length > 0) compare(undefined, b[0], itemSchema(schema), inner, walk);
      walk.removed.insert(inner);
    } else {
      if (a.length > 0) compare(a[0], undefined, itemSchema(schema), inner, walk);
      walk.added.insert(inner);
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

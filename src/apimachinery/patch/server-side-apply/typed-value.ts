import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, step } from '../../../base/json.ts';
import { PatchError } from '../patch-result.ts';
import { keyDefault } from '../patch-schema.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { keyElement, valueElement } from './path-element.ts';
import type { PathElement } from './path-element.ts';

/** A value with the schema it is read by; `undefined` is absent, null is null. */
export interface TypedValue {
  readonly value: JsonValue | undefined;
  readonly schema: PatchSchema;
}

export type Atom = 'map' | 'list' | 'scalar';

/** How a value is treated. Content without a schema is what it looks like, and a map where it is null or absent. */
export function atomOf(schema: PatchSchema, value: JsonValue | undefined): Atom | undefined {
  if (schema.shape === 'list' || schema.shape === 'scalar') return schema.shape;
  if (schema.shape !== 'any') return 'map';
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return 'list';
  return isJsonObject(value) ? 'map' : 'scalar';
}

/** Whether a map or list is owned as a whole. Lists are, unless they declare a type. */
export function isAtomic(schema: PatchSchema, atom: Atom): boolean {
  if (atom !== 'list') return schema.mapType === 'atomic';
  return schema.shape === 'any' || listTypeOf(schema) === 'atomic';
}

/**
 * A list without a type takes it from its patch strategy.
 * Source: getListElementRelationship in kube-openapi/pkg/schemaconv/smd.go, as vendored in 1.36.
 */
function listTypeOf({ listType, patchStrategy, patchMergeKey }: PatchSchema): 'atomic' | 'set' | 'map' {
  if (listType !== undefined) return listType;
  if (!patchStrategy?.includes('merge')) return 'atomic';
  return patchMergeKey === undefined ? 'set' : 'map';
}

function listKeysOf({ listType, listMapKeys = [], patchMergeKey }: PatchSchema): readonly string[] {
  return listType === undefined && patchMergeKey !== undefined ? [patchMergeKey] : listMapKeys;
}

export function mapOf(value: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function isEmptyMap(map: JsonObject | undefined): boolean {
  return map === undefined || Object.keys(map).length === 0;
}

/** The schema of one key of a map, whether declared or not. */
export function fieldSchema(schema: PatchSchema, key: string): PatchSchema | undefined {
  return schema.field(key) ?? schema.unknownFields;
}

/** Whether the key is a field that a struct names, not a key of a map. */
export function isDeclared(schema: PatchSchema, key: string): boolean {
  return schema.shape === 'struct' && schema.field(key) !== undefined;
}

export function itemSchema(schema: PatchSchema): PatchSchema {
  const items = schema.items();
  if (items) return items;
  throw new PatchError('schema error: no type found matching: inlined type');
}

/**
 * What identifies an item of a `set` or `map` list. A key that the item leaves out takes its default, or stays out.
 * Source: typed/helpers.go of sigs.k8s.io/structured-merge-diff/v6.
 */
export function itemElement(list: PatchSchema, item: JsonValue): PathElement {
  const known = elementsOf(list);
  const text = textOf(known, item);
  if (text === undefined) return workOutElement(list, item);
  let element = known.byText.get(text);
  if (element === undefined) {
    element = workOutElement(list, item);
    if (known.byText.size < MOST_ELEMENTS) known.byText.set(text, element);
  }
  return element;
}

/** The elements of a list by what they are made of: the same few types of conditions and names of containers come again. */
interface KnownElements {
  /** The keys of a `map` list; undefined for a `set`. */
  readonly keys: readonly string[] | undefined;
  readonly byText: Map<string, PathElement>;
}

const elements = new WeakMap<PatchSchema, KnownElements>();
const MOST_ELEMENTS = 1000;

function elementsOf(list: PatchSchema): KnownElements {
  let known = elements.get(list);
  if (known === undefined) {
    const keys = listKeysOf(list);
    known = { keys: listTypeOf(list) === 'map' && keys.length > 0 ? keys : undefined, byText: new Map() };
    elements.set(list, known);
  }
  return known;
}

/** What an element is made of, as one text; undefined where that is not all words and numbers. */
function textOf({ keys }: KnownElements, item: JsonValue): string | undefined {
  if (keys === undefined) return typeof item === 'string' ? item : undefined;
  let text = '';
  for (const key of keys) {
    const value = step(item, key);
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    text += typeof value === 'string' ? `s${value.length}:${value}` : `n${value}:`;
  }
  return text;
}

function workOutElement(list: PatchSchema, item: JsonValue): PathElement {
  const keys = listKeysOf(list);
  if (listTypeOf(list) !== 'map' || keys.length === 0) return setElement(item);
  if (item === null) throw new PatchError('associative list with keys may not have a null element');
  if (!isJsonObject(item)) throw new PatchError('associative list with keys may not have non-map elements');
  const fields = keys.flatMap((key): [string, JsonValue][] => {
    const value = step(item, key) ?? keyDefault(list, key);
    return value === undefined || (value === null && step(item, key) === undefined) ? [] : [[key, value]];
  });
  if (fields.length === 0) {
    const names = `[${keys.map((key) => JSON.stringify(key)).join(' ')}]`;
    throw new PatchError(
      `associative list with keys has an element that omits all key fields ${names} (and doesn't have default values for any key fields)`,
    );
  }
  return keyElement(fields);
}

function setElement(item: JsonValue): PathElement {
  if (isJsonObject(item)) throw new PatchError("associative list without keys has an element that's a map type");
  if (Array.isArray(item)) throw new PatchError('not supported: associative list with lists as elements');
  if (item === null) throw new PatchError("associative list without keys has an element that's an explicit null");
  return valueElement(item);
}

/** The elements of a list's items; the error names the item's index. */
export function itemElements(list: PatchSchema, items: readonly JsonValue[]): PathElement[] {
  return items.map((item, index) => {
    try {
      return itemElement(list, item);
    } catch (error) {
      if (error instanceof PatchError) throw new PatchError(`element ${index}: ${error.message}`, error.code);
      throw error;
    }
  });
}

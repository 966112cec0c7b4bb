import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { goFormat } from '../go-format.ts';
import { entriesOf } from '../json-edit.ts';
import { compareValues } from './compare-values.ts';
import { toGoJson } from './go-json.ts';

/**
 * One step of a path into an object, as managedFields write it: a field `f:name`, an item of a list by its keys
 * `k:{"name":"web"}`, an item of a set by its value `v:"a"`, an item by its index `i:0`.
 * Source: sigs.k8s.io/structured-merge-diff/v6 fieldpath/element.go and serialize-pe.go, as vendored in 1.36.
 */
export type PathElement = { readonly id: string } & (
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'key'; readonly fields: readonly (readonly [name: string, value: JsonValue])[] }
  | { readonly type: 'value'; readonly value: JsonValue }
  | { readonly type: 'index'; readonly index: number }
);

export type FieldPath = readonly PathElement[];

export function fieldElement(name: string): PathElement {
  let element = fieldElements.get(name);
  if (element === undefined) {
    element = { id: `f:${name}`, type: 'field', name };
    if (fieldElements.size < MOST_KEPT) fieldElements.set(name, element);
  }
  return element;
}

/** The same few hundred names come again and again; those of maps are not kept without end. */
const fieldElements = new Map<string, PathElement>();
const MOST_KEPT = 10_000;

export function keyElement(fields: readonly (readonly [string, JsonValue])[]): PathElement {
  const sorted = fields.toSorted(([a], [b]) => compareStrings(a, b));
  return { id: `k:${toGoJson(Object.fromEntries(sorted))}`, type: 'key', fields: sorted };
}

export function valueElement(value: JsonValue): PathElement {
  return { id: `v:${toGoJson(value)}`, type: 'value', value };
}

export function indexElement(index: number): PathElement {
  return { id: `i:${index}`, type: 'index', index };
}

/** Reads a key of FieldsV1. `unknown` for a kind of element that this version does not know; undefined if malformed. */
export function parsePathElement(text: string): PathElement | 'unknown' | undefined {
  if (text[1] !== ':') return undefined;
  const rest = text.slice(2);
  if (text[0] === 'f') return fieldElement(rest);
  if (text[0] === 'i') return /^[+-]?[0-9]+$/.test(rest) ? indexElement(Number(rest)) : undefined;
  if (text[0] !== 'k' && text[0] !== 'v') return 'unknown';
  const value = parseJson(rest);
  if (value === undefined) return undefined;
  if (text[0] === 'v') return valueElement(value);
  return isJsonObject(value) ? keyElement(entriesOf(value)) : undefined;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

const TYPE_ORDER = { field: 0, key: 1, value: 2, index: 3 } as const;

/** The order in which managedFields list elements. */
export function comparePathElements(a: PathElement, b: PathElement): number {
  if (a.type === 'field' && b.type === 'field') return compareStrings(a.name, b.name);
  if (a.type === 'key' && b.type === 'key') return compareKeys(a.fields, b.fields);
  if (a.type === 'value' && b.type === 'value') return compareValues(a.value, b.value);
  if (a.type === 'index' && b.type === 'index') return a.index - b.index;
  return TYPE_ORDER[a.type] - TYPE_ORDER[b.type];
}

type KeyFields = readonly (readonly [string, JsonValue])[];

function compareKeys(a: KeyFields, b: KeyFields): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [leftName, leftValue] = a[i]!;
    const [rightName, rightValue] = b[i]!;
    const order = compareStrings(leftName, rightName) || compareValues(leftValue, rightValue);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A path in the server's words: `.spec.containers[name="web"].image`, `.metadata.finalizers[="a"]`. */
export function formatPath(path: FieldPath): string {
  return path.map(formatElement).join('');
}

export function formatElement(element: PathElement): string {
  switch (element.type) {
    case 'field':
      return `.${element.name}`;
    case 'key':
      return `[${element.fields.map(([name, value]) => `${name}=${formatValue(value)}`).join(',')}]`;
    case 'value':
      return `[=${formatValue(element.value)}]`;
    case 'index':
      return `[${element.index}]`;
  }
}

function formatValue(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  return Array.isArray(value) || isJsonObject(value) ? toGoJson(value) : goFormat(value);
}

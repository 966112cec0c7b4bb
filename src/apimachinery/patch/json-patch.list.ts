import type { JsonValue } from '../../base/json.ts';
import { PatchError } from './patch-result.ts';

type List = readonly JsonValue[];
type Lookup = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

/*
 * The operations of a JSON patch on one list. A negative index counts from the end.
 * Source: partialArray of gopkg.in/evanphx/json-patch.v4 patch.go.
 */

export function getItem(list: List, key: string): Lookup {
  const index = parseIndex(key);
  if (typeof index === 'string') return { ok: false, message: index };
  const value = list[index < 0 ? index + list.length : index];
  return value === undefined ? { ok: false, message: outOfRange(index) } : { ok: true, value };
}

/** The caller has seen that the item exists. */
export function setItem(list: List, key: string, value: JsonValue): List {
  return list.with(requireIndex(key), value);
}

/** Inserts before an index; `-`, or the length, appends. */
export function addItem(list: List, key: string, value: JsonValue): List {
  if (key === '-') return [...list, value];
  const index = parseIndex(key);
  if (typeof index === 'string') throw new PatchError(`value was not a proper array index: '${key}': ${index}`, 422);
  const length = list.length + 1;
  if (index >= length || index < -length) throw new PatchError(outOfRange(index), 422);
  return list.toSpliced(index < 0 ? index + length : index, 0, value);
}

export function removeItem(list: List, key: string): List {
  const index = requireIndex(key);
  if (index >= list.length || index < -list.length) throw new PatchError(outOfRange(index), 422);
  return list.toSpliced(index, 1);
}

function requireIndex(key: string): number {
  const index = parseIndex(key);
  if (typeof index === 'string') throw new PatchError(index, 422);
  return index;
}

function outOfRange(index: number): string {
  return `Unable to access invalid index: ${index}: invalid index referenced`;
}

/** The index, or Go's words for what is none; a sign and leading zeros are allowed, as strconv.Atoi reads them. */
function parseIndex(key: string): number | string {
  if (!/^[+-]?[0-9]+$/.test(key)) return `strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`;
  const index = Number(key);
  return Number.isSafeInteger(index) ? index + 0 : `strconv.Atoi: parsing ${JSON.stringify(key)}: value out of range`;
}

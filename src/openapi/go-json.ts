import type { JsonObject, JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import table from './data/go-json-1.36.json';
import type { Schema } from './schema.ts';

/**
 * An object as the server prints it: decoding it into Go and printing it again leaves out what Go calls empty (`""`, 0,
 * false, empty lists and maps under `omitempty`), and fills in what has no `omitempty` or is a struct of its own
 * (`resources: {}`). The same value where that changes nothing. What a CRD's schema judges stays as it was written.
 * Source: the `json` tags of the types, 1.36 (data/go-json-1.36.json), and encoding/json of Go.
 */
export function printedByGo(value: JsonValue, schema: Schema): JsonValue {
  if (schema.judgedBy !== 'go' || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return printedList(value as readonly JsonValue[], schema.items);
  if (!isJsonObject(value)) return value;
  if (schema.properties.size > 0) return printedStruct(value, schema);
  return schema.values === undefined ? value : printedMap(value, schema.values);
}

function printedList(items: readonly JsonValue[], of: Schema | undefined): JsonValue {
  if (of === undefined) return items;
  const printed = items.map((item) => printedByGo(item, of));
  return printed.every((item, index) => item === items[index]) ? items : printed;
}

function printedMap(object: JsonObject, of: Schema): JsonObject {
  const entries = Object.entries(object).map(([key, value]): readonly [string, JsonValue | undefined] => [
    key,
    value === undefined ? undefined : printedByGo(value, of),
  ]);
  return entries.every(([key, value]) => value === object[key]) ? object : (Object.fromEntries(entries) as JsonObject);
}

function printedStruct(object: JsonObject, schema: Schema): JsonObject {
  const printing = printingOf(schema.typeId);
  const printed = new Map<string, JsonValue>();
  let isChanged = false;
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const field = schema.properties.get(name);
    const after = field === undefined ? value : listOrNull(printedByGo(value, field), printing.get(name));
    if (field !== undefined && isLeftOut(after, field, printing.get(name))) isChanged = true;
    else {
      printed.set(name, after);
      isChanged ||= after !== value;
    }
  }
  for (const [name, code] of printing) {
    const field = schema.properties.get(name);
    if (field === undefined || printed.has(name) || (code !== 'w' && code !== 'n')) continue;
    printed.set(name, code === 'n' ? null : zeroOf(field));
    isChanged = true;
  }
  return isChanged ? (Object.fromEntries(printed) as JsonObject) : object;
}

/** An empty list without `omitempty` does not outlive the storage, which knows no empty lists. */
function listOrNull(value: JsonValue, code: string | undefined): JsonValue {
  return code !== undefined && code !== 'z' && Array.isArray(value) && value.length === 0 ? null : value;
}

/** A struct that is there stays, unless its type says `omitzero`; what a pointer points at stays too. */
function isLeftOut(value: JsonValue, { type, properties }: Schema, code: string | undefined): boolean {
  if (code === 'k' || code === 'w' || code === 'n') return false;
  const isEmptyObject = isJsonObject(value) && Object.keys(value).length === 0;
  if (code === 'z') return value === null || isEmptyObject;
  if (type === 'quantity' || type === 'integerOrString' || type === 'any') return false;
  if (isEmptyObject) return properties.size === 0 && type === 'object';
  return value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

function zeroOf(schema: Schema): JsonValue {
  switch (schema.type) {
    case 'object':
      // A nil map is null; a struct prints its own fields.
      return schema.properties.size > 0 ? printedStruct({}, schema) : null;
    case 'array':
    case 'any':
      return null;
    case 'string':
      return schema.format === undefined ? '' : null;
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
    case 'integerOrString':
      return 0;
    case 'quantity':
      return '0';
  }
}

const NO_PRINTING: ReadonlyMap<string, string> = new Map();
const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = table.types;
const known = new Map<string, ReadonlyMap<string, string>>();

/** `k`, `w`, `n` or `z` by field, as the table says it; nothing for what is printed as usual. */
function printingOf(typeId: string | undefined): ReadonlyMap<string, string> {
  if (typeId === undefined || !Object.hasOwn(TYPES, typeId)) return NO_PRINTING;
  const before = known.get(typeId);
  if (before !== undefined) return before;
  const codes = Object.entries(TYPES[typeId]!).flatMap(([code, names]) =>
    names.split(' ').map((name) => [name, code] as const),
  );
  const printing = new Map(codes);
  known.set(typeId, printing);
  return printing;
}

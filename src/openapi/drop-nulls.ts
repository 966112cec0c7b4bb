import type { JsonObject, JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import { formatQuantity, readQuantityField } from '../apimachinery/quantity.ts';
import { formatMicroTime, formatTime, parseMicroTime, parseTime } from '../apimachinery/time.ts';
import { canonicalBase64 } from './base64-problem.ts';
import type { Schema } from './schema.ts';

/**
 * What a value of the right structure becomes by being decoded into Go: null in a field is no field, null in a list or
 * map is the empty value of its type, quantities, times and base64 are in canonical form. The same value where that changes nothing.
 */
export function dropNulls(value: JsonValue, schema: Schema): JsonValue {
  if (schema.type === 'quantity') return quantityText(value);
  if (typeof value === 'string' && schema.format !== undefined && schema.judgedBy === 'go')
    return scalarText(value, schema.format);
  if (typeof value !== 'object' || value === null || schema.judgedBy !== 'go') return value;
  if (schema.type === 'array' && Array.isArray(value)) return list(value as readonly JsonValue[], schema);
  if (schema.type === 'object' && isJsonObject(value)) return map(value, schema);
  return value;
}

/** Most quantities are written as the server prints them; only the others are read. */
const CANONICAL = /^(?:[1-9]\d{0,2}(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?|0)$/;

function quantityText(value: JsonValue): JsonValue {
  if (typeof value === 'string' && CANONICAL.test(value)) return value;
  const read = readQuantityField(value);
  return typeof read === 'string' ? value : formatQuantity(read);
}

/** Times in UTC, without what their type does not hold; base64 without line ends and stray bits. */
function scalarText(text: string, format: string): string {
  if (format === 'byte') return canonicalBase64(text);
  if (format === 'date-time') {
    const moment = parseTime(text);
    return moment === undefined ? text : formatTime(moment);
  }
  if (format !== 'micro-time') return text;
  const moment = parseMicroTime(text);
  return moment === undefined ? text : formatMicroTime(moment);
}

function list(items: readonly JsonValue[], schema: Schema): JsonValue {
  const { items: of } = schema;
  if (of === undefined) return items;
  let changed: JsonValue[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const before = items[index] as JsonValue;
    const after = before === null ? emptyValue(of) : dropNulls(before, of);
    if (after === before) continue;
    changed ??= [...items];
    changed[index] = after;
  }
  return changed ?? items;
}

function map(object: JsonObject, schema: Schema): JsonObject {
  let changed: Map<string, JsonValue | undefined> | undefined;
  for (const key of Object.keys(object)) {
    const before = object[key];
    if (before === undefined) continue;
    const field = schema.properties.get(key);
    const of = field ?? schema.values;
    if (of === undefined) continue;
    const after = before !== null ? dropNulls(before, of) : field === undefined ? emptyValue(of) : undefined;
    if (after === before) continue;
    changed ??= new Map(Object.entries(object));
    if (after === undefined) changed.delete(key);
    else changed.set(key, after);
  }
  // `fromEntries` makes own keys only, whatever they are called.
  return changed === undefined ? object : Object.fromEntries(changed);
}

function emptyValue(schema: Schema): JsonValue {
  switch (schema.type) {
    case 'object':
      return {};
    case 'array':
      return [];
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
    case 'integerOrString':
      return 0;
    case 'quantity':
      return '0';
    case 'any':
      return null;
  }
}

import type { JsonValue } from '../base/json.ts';
import { jsonEqual } from '../base/json.ts';
import type { Schema, SchemaBounds } from './schema.ts';
import type { BoundReason, BoundRule } from './structure-error.ts';

export type ReportBound = (reason: BoundReason, rule: BoundRule, limit: number | string) => void;

/** Checks the rules of a CRD's schema that speak of one value alone. The value has the right type already. */
export function checkBounds(value: JsonValue, bounds: SchemaBounds, report: ReportBound): void {
  if (typeof value === 'number' || typeof value === 'bigint') checkNumber(Number(value), bounds, report);
  else if (typeof value === 'string') checkString(value, bounds, report);
  else if (Array.isArray(value)) checkList(value as readonly JsonValue[], bounds, report);
  else if (typeof value === 'object' && value !== null) checkCount(Object.keys(value).length, bounds, report);
}

function checkNumber(value: number, bounds: SchemaBounds, report: ReportBound): void {
  const { minimum, maximum, multipleOf } = bounds;
  if (minimum !== undefined) {
    if (bounds.exclusiveMinimum === true && value <= minimum) report('FieldValueInvalid', 'exclusiveMinimum', minimum);
    else if (value < minimum) report('FieldValueInvalid', 'minimum', minimum);
  }
  if (maximum !== undefined) {
    if (bounds.exclusiveMaximum === true && value >= maximum) report('FieldValueInvalid', 'exclusiveMaximum', maximum);
    else if (value > maximum) report('FieldValueInvalid', 'maximum', maximum);
  }
  if (multipleOf !== undefined && multipleOf > 0 && !Number.isInteger(value / multipleOf))
    report('FieldValueInvalid', 'multipleOf', multipleOf);
}

function checkString(value: string, bounds: SchemaBounds, report: ReportBound): void {
  if (bounds.minLength !== undefined || bounds.maxLength !== undefined) {
    const length = countCharacters(value);
    if (bounds.minLength !== undefined && length < bounds.minLength)
      report('FieldValueInvalid', 'minLength', bounds.minLength);
    if (bounds.maxLength !== undefined && length > bounds.maxLength)
      report('FieldValueTooLong', 'maxLength', bounds.maxLength);
  }
  if (bounds.pattern !== undefined && !bounds.pattern.test(value))
    report('FieldValueInvalid', 'pattern', bounds.pattern.source);
}

function countCharacters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  return count;
}

function checkList(value: readonly JsonValue[], bounds: SchemaBounds, report: ReportBound): void {
  if (bounds.minItems !== undefined && value.length < bounds.minItems)
    report('FieldValueInvalid', 'minItems', bounds.minItems);
  if (bounds.maxItems !== undefined && value.length > bounds.maxItems)
    report('FieldValueTooMany', 'maxItems', bounds.maxItems);
  if (bounds.uniqueItems === true && hasDuplicate(value)) report('FieldValueDuplicate', 'uniqueItems', 0);
}

function checkCount(count: number, bounds: SchemaBounds, report: ReportBound): void {
  if (bounds.minProperties !== undefined && count < bounds.minProperties)
    report('FieldValueInvalid', 'minProperties', bounds.minProperties);
  if (bounds.maxProperties !== undefined && count > bounds.maxProperties)
    report('FieldValueTooMany', 'maxProperties', bounds.maxProperties);
}

function hasDuplicate(items: readonly JsonValue[]): boolean {
  const scalars = new Set<JsonValue>();
  const rest: JsonValue[] = [];
  for (const item of items) {
    if (typeof item !== 'object' || item === null) {
      if (scalars.has(item)) return true;
      scalars.add(item);
    } else if (rest.some((other) => jsonEqual(other, item))) return true;
    else rest.push(item);
  }
  return false;
}

/** The first item that an earlier one equals, as a set, or by its keys, as a map; -1 where all differ. */
export function duplicateItem(items: readonly JsonValue[], schema: Schema): number {
  if (schema.listType !== 'set' && schema.listType !== 'map') return -1;
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const key = schema.listType === 'set' ? JSON.stringify(item, withBigints) : keyOf(item, schema);
    if (key === undefined) continue;
    if (seen.has(key)) return index;
    seen.add(key);
  }
  return -1;
}

function keyOf(item: JsonValue, { listMapKeys, items }: Schema): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const record = item as Readonly<Record<string, JsonValue | undefined>>;
  const keys = listMapKeys.map((name) =>
    Object.hasOwn(record, name) ? record[name] : items?.properties.get(name)?.default,
  );
  return JSON.stringify(keys, withBigints);
}

const withBigints = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

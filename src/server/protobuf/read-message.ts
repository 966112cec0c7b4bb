import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Schema } from '../../openapi/schema.ts';
import { messageFields } from './message-fields.ts';
import { parts } from './message-parts.ts';

type Fields = Record<string, JsonValue>;

/**
 * A message of a built-in type as JSON has it, with every field that is in it: what Go calls empty is there too. Throws
 * where the bytes are no such message.
 */
export function readMessage(bytes: Uint8Array, schema: Schema): JsonObject {
  const into: Fields = {};
  if (schema.typeId !== undefined) readFields(bytes, schema.typeId, schema, into);
  return into;
}

/** Reads the fields of a type into an object; those of a type that is part of another into that one's object. */
function readFields(bytes: Uint8Array, typeId: string, schema: Schema, into: Fields): void {
  const fields = messageFields(typeId);
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const field = fields?.get(number);
    const type = field?.name === undefined ? undefined : schema.properties.get(field.name);
    if (field?.inlined !== undefined) readFields(reader.bytes(), field.inlined, schema, into);
    else if (field?.name === undefined || type === undefined) reader.skip(wire, number);
    else if (type.values !== undefined)
      into[field.name] = withEntry(into[field.name], reader.bytes(), type.values, field.isWrappedList);
    else if (type.items !== undefined && !field.isWrappedList)
      into[field.name] = [...listIn(into[field.name]), ...readItems(reader, wire, type.items)];
    else into[field.name] = field.isWrappedList ? readWrappedList(reader.bytes()) : readValue(reader, type);
  }
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** One item, or several scalars in one run of bytes. */
function readItems(reader: BinaryReader, wire: WireType, type: Schema): readonly JsonValue[] {
  if (wire !== WireType.LengthDelimited || !['integer', 'boolean', 'number'].includes(type.type))
    return [readValue(reader, type)];
  const packed = new BinaryReader(reader.bytes());
  const items: JsonValue[] = [];
  while (packed.pos < packed.len) items.push(readValue(packed, type));
  return items;
}

/** A map with one more entry: its key is field 1 of a message, its value field 2. */
function withEntry(before: JsonValue | undefined, bytes: Uint8Array, values: Schema, isList: boolean): JsonValue {
  const reader = new BinaryReader(bytes);
  let key = '';
  let value: JsonValue | undefined;
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === 1) key = reader.string();
    else if (number === 2) value = isList ? readWrappedList(reader.bytes()) : readValue(reader, values);
    else reader.skip(wire, number);
  }
  return { ...(before as JsonObject | undefined), [key]: value ?? emptyOf(values) };
}

function emptyOf({ type }: Schema): JsonValue {
  return type === 'object' ? {} : type === 'array' ? [] : '';
}

function readWrappedList(bytes: Uint8Array): readonly JsonValue[] {
  const reader = new BinaryReader(bytes);
  const items: string[] = [];
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === 1) items.push(reader.string());
    else reader.skip(wire, number);
  }
  return items;
}

function readValue(reader: BinaryReader, type: Schema): JsonValue {
  switch (type.type) {
    case 'string':
      return readText(reader, type.format);
    case 'integer':
      return Number(BigInt.asIntN(64, BigInt(reader.int64())));
    case 'number':
      return reader.double();
    case 'boolean':
      return reader.bool();
    case 'quantity':
      return parts(reader.bytes()).texts.get(1) ?? '0';
    case 'integerOrString': {
      const { numbers, texts } = parts(reader.bytes());
      return numbers.get(1) === 1 ? (texts.get(3) ?? '') : (numbers.get(2) ?? 0);
    }
    case 'any': {
      const raw = parts(reader.bytes()).texts.get(1);
      return raw === undefined || raw === '' ? null : (JSON.parse(raw) as JsonValue);
    }
    default:
      return readMessage(reader.bytes(), type);
  }
}

function readText(reader: BinaryReader, format: string | undefined): JsonValue {
  if (format === 'byte') return Buffer.from(reader.bytes()).toString('base64');
  if (format !== 'date-time' && format !== 'micro-time') return reader.string();
  const { numbers } = parts(reader.bytes());
  // A time that is none is an empty message, and null in JSON.
  if (numbers.size === 0) return null;
  const seconds = numbers.get(1) ?? 0;
  const micros =
    format === 'micro-time' ? String(Math.trunc((numbers.get(2) ?? 0) / 1000)).padStart(6, '0') : undefined;
  const whole = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  return micros === undefined ? `${whole}Z` : `${whole}.${micros}Z`;
}

import table from '../../openapi/data/protobuf-fields-1.36.json';

/** What a number stands for in a message of protobuf. */
export interface MessageField {
  /** Name of the field in JSON; of a message whose fields are fields of the one around it, none. */
  readonly name: string | undefined;
  /** Type whose fields are fields of the one around it: `v1.VolumeSource` in a Volume. */
  readonly inlined: string | undefined;
  /** The value is a list in a message of its own (`ExtraValue`). */
  readonly isWrappedList: boolean;
}

const TYPES: Readonly<Record<string, string>> = table.types;
const known = new Map<string, ReadonlyMap<number, MessageField>>();

/**
 * The fields of a built-in type by their number; undefined for a type that has none.
 * Source: the `protobuf` tags of the types, 1.36 (data/protobuf-fields-1.36.json).
 */
export function messageFields(typeId: string): ReadonlyMap<number, MessageField> | undefined {
  const before = known.get(typeId);
  if (before !== undefined || !Object.hasOwn(TYPES, typeId)) return before;
  const fields = new Map(TYPES[typeId]!.split(',').map(readField));
  known.set(typeId, fields);
  return fields;
}

function readField(text: string): [number, MessageField] {
  const [number, word = ''] = text.split(' ');
  const isWrappedList = word.endsWith('*');
  const field = word.startsWith('>')
    ? { name: undefined, inlined: word.slice(1), isWrappedList }
    : { name: isWrappedList ? word.slice(0, -1) : word, inlined: undefined, isWrappedList };
  return [Number(number), field];
}

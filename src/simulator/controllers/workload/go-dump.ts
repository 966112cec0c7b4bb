import { compareStrings } from '../../../base/compare.ts';
import { asObject, asString } from '../../../base/json.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { intOrStringOf } from '../../../apimachinery/int-or-string.ts';
import { goQuantity } from './go-quantity.ts';

/** Structs by name, each with its fields as `Go name, JSON name, type`; `-` for a struct that is inlined. */
export interface GoTypes {
  readonly structs: ReadonlyMap<string, readonly (readonly [go: string, json: string, type: string])[]>;
  /** Other named types, by what they are. */
  readonly names: ReadonlyMap<string, string>;
}

export function goTypesOf(table: {
  readonly structs: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, string>>;
}): GoTypes {
  return {
    structs: new Map(Object.entries(table.structs).map(([name, text]) => [name, fieldsOf(text)])),
    names: new Map(Object.entries(table.names)),
  };
}

function fieldsOf(text: string): readonly (readonly [string, string, string])[] {
  return text.split('; ').map((field) => {
    const [go = '', json = '', type = ''] = field.split(' ');
    return [go, json, type];
  });
}

/**
 * A value of the API as Go prints it to be hashed: `%#v` of spew, without addresses and capacities, methods not called,
 * keys of maps in order. What is not there is nil or zero by its type; empty lists and maps are nil, as they are after
 * they were stored.
 * Source: k8s.io/utils/dump/dump.go `ForHash` and github.com/davecgh/go-spew/spew/format.go; pkg/util/hash/hash.go, 1.36.
 */
export function goDump(types: GoTypes, type: string, value: JsonValue | undefined): string {
  const print = (of: string, what: JsonValue | undefined, isTyped: boolean): string => {
    const shown = isTyped ? `(${shownType(of)})` : '';
    if (of.startsWith('*')) {
      const isNil = what === undefined || what === null;
      return isNil ? `${shown}<nil>` : shown + print(of.slice(1), what, false);
    }
    return shown + content(of, what);
  };

  const content = (of: string, what: JsonValue | undefined): string => {
    const special = SPECIAL[of];
    if (special !== undefined) return special(what);
    const fields = types.structs.get(of);
    if (fields !== undefined) {
      const object = asObject(what);
      const printed = fields.map(
        ([go, json, field]) => `${go}:${print(field, json === '-' ? what : object?.[json], true)}`,
      );
      return `{${printed.join(' ')}}`;
    }
    if (of.startsWith('[]')) return list(of.slice(2), what);
    if (of.startsWith('map[')) return map(of.slice(of.indexOf(']') + 1), asObject(what));
    const named = types.names.get(of);
    return named === undefined ? scalar(of, what) : content(named, what);
  };

  const list = (of: string, what: JsonValue | undefined): string => {
    if (!Array.isArray(what) || what.length === 0) return '<nil>';
    return `[${what.map((item: JsonValue) => print(of, item, false)).join(' ')}]`;
  };

  const map = (of: string, what: JsonObject | undefined): string => {
    const keys = Object.keys(what ?? {}).sort(compareStrings);
    if (what === undefined || keys.length === 0) return '<nil>';
    return `map[${keys.map((key) => `${key}:${print(of, what[key], false)}`).join(' ')}]`;
  };

  return print(type, value, true);
}

/** Both packages of types call themselves v1. */
function shownType(type: string): string {
  return type.replaceAll('meta.', 'v1.');
}

function scalar(type: string, value: JsonValue | undefined): string {
  if (type === 'string') return asString(value) ?? '';
  return type === 'bool' ? String(value === true) : String(value ?? 0);
}

/** Types with fields of their own making. Times and managed fields of a template are never set. */
const SPECIAL: Readonly<Record<string, (value: JsonValue | undefined) => string>> = {
  'meta.Time': () => '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}',
  'meta.FieldsV1': () => '{Raw:([]uint8)<nil>}',
  'resource.Quantity': (value) => goQuantity(String(value ?? '')),
  'intstr.IntOrString': (value) => {
    const read = intOrStringOf(value) ?? 0;
    const isText = typeof read === 'string';
    return `{Type:(intstr.Type)${isText ? 1 : 0} IntVal:(int32)${isText ? 0 : read} StrVal:(string)${isText ? read : ''}}`;
  },
};

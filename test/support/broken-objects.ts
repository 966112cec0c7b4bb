import * as fc from 'fast-check';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import type { JsonValue, Path } from '../../src/base/json.ts';
import { isJsonObject } from '../../src/base/json.ts';

function nested(depth: number, list: boolean): JsonValue {
  let value: JsonValue = 'deep';
  for (let level = 0; level < depth; level++) value = list ? [value] : { a: value };
  return value;
}

/** What no field expects: every type, keys that JavaScript knows, deep nesting, long texts, numbers at their limits. */
const HOSTILE: readonly JsonValue[] = [
  null,
  '',
  'x',
  ' ',
  '\u0000',
  '船坞',
  '${{',
  '9'.repeat(400),
  'a-'.repeat(20_000),
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  9223372036854775807n,
  true,
  [],
  {},
  [null],
  [[]],
  [{}],
  ['', 0, null, {}],
  nested(200, false),
  nested(200, true),
  JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1, "toString": null, "hasOwnProperty": ""}') as JsonValue,
];

const anything: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue> },
);

/** Every place in a value: maps, lists and leaves. */
function placesOf(value: JsonValue | undefined, path: Path = []): readonly Path[] {
  const keys = Array.isArray(value) ? value.map((_, index) => index) : isJsonObject(value) ? Object.keys(value) : [];
  const at = (key: string | number): JsonValue | undefined => (value as Record<string | number, JsonValue>)[key];
  return [path, ...keys.flatMap((key) => placesOf(at(key), [...path, key]))];
}

function replacedAt(value: JsonValue | undefined, [key, ...rest]: Path, by: JsonValue): JsonValue {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item, index) => (index === key ? replacedAt(item, rest, by) : item));
  }
  if (!isJsonObject(value)) return by;
  const entries = Object.entries(value).map(([name, item]) => [name, name === key ? replacedAt(item, rest, by) : item]);
  return Object.fromEntries(entries) as JsonValue;
}

/** The object after one to three replacements of anything in it by anything; its kind stays. */
export function brokenObject(object: KubernetesObject): fc.Arbitrary<KubernetesObject> {
  const change = fc.tuple(fc.nat(), anything);
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    let changed: JsonValue = object;
    for (const [pick, by] of changes) {
      const places = placesOf(changed).filter(
        ([first]) => first !== undefined && first !== 'apiVersion' && first !== 'kind',
      );
      const place = places[pick % places.length];
      if (place !== undefined) changed = replacedAt(changed, place, by);
    }
    return changed as KubernetesObject;
  });
}

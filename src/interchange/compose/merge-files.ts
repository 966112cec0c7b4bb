import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual, valueAt } from '../../base/json.ts';
import { entriesOf, namesOf, textOf } from './compose-values.ts';

const AS_MAP = new Set(['environment', 'labels', 'annotations', 'sysctls']);
const AS_NAMES = new Set(['depends_on', 'networks']);
/** Lists of which the later one counts alone. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);
/** Lists whose items stand for a place in the container. */
const BY_TARGET = new Set(['volumes', 'secrets', 'configs']);

/**
 * A later compose file over an earlier one: maps are merged, lists joined, what names the same variable or place is replaced.
 * Source: compose-spec, "Merge and override".
 */
export function mergeCompose(base: JsonValue | undefined, over: JsonValue | undefined, key = ''): JsonValue {
  if (over === undefined) return base ?? null;
  if (base === undefined || base === null || over === null) return over;
  if (AS_MAP.has(key)) return Object.fromEntries([...entriesOf(base), ...entriesOf(over)]);
  if (AS_NAMES.has(key)) return mergeMaps(Object.fromEntries(namesOf(base)), Object.fromEntries(namesOf(over)));
  if (isJsonObject(base) && isJsonObject(over)) return mergeMaps(base, over);
  if (!Array.isArray(base) || !Array.isArray(over) || REPLACED.has(key)) return over;
  const [old, now] = [base as readonly JsonValue[], over as readonly JsonValue[]];
  const isReplaced = BY_TARGET.has(key)
    ? (item: JsonValue) => now.some((other) => targetOf(other) === targetOf(item))
    : (item: JsonValue) => now.some((other) => jsonEqual(other, item));
  return [...old.filter((item) => !isReplaced(item)), ...now];
}

function mergeMaps(base: JsonObject, over: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeCompose(base[key], over[key], key)]));
}

function targetOf(item: JsonValue): string {
  if (isJsonObject(item)) return textOf(valueAt(item, 'target') ?? valueAt(item, 'source'));
  const parts = textOf(item).split(':');
  return parts[1] ?? parts[0] ?? '';
}

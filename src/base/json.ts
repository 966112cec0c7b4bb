/**
 * JSON as a manifest holds it, and readers that never throw.
 *
 * A manifest is somebody else's text: any field may be missing or of the wrong type. The readers below answer
 * `undefined` (or an empty collection) instead of throwing, so code that looks at manifests stays a list of facts.
 * Integers beyond 2^53 are `bigint`, because kubectl keeps them exact.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A step into a value: a map key or a list index. */
export type PathStep = string | number;
/** Steps from the root of an object to one of its fields. */
export type Path = readonly PathStep[];

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

const NOTHING: readonly JsonValue[] = Object.freeze([]);

/** The list, or an empty one when the value is no list. */
export function asArray(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : NOTHING;
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A string that is not empty; Kubernetes treats an empty name as no name. */
export function asName(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** One own step into a value; own only, so that `constructor` or `__proto__` never reaches a prototype. */
export function step(value: unknown, key: PathStep): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Record<PathStep, unknown>)[key];
  // Looked up first, since this is asked by the million: what a prototype brings are functions, and itself.
  if (typeof found === 'function' || (key === '__proto__' && !Object.hasOwn(value, key))) return undefined;
  return found as JsonValue | undefined;
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, ...path: Path): JsonValue | undefined {
  return follow(value, path);
}

function follow(value: unknown, path: Path): JsonValue | undefined {
  let current: JsonValue | undefined = value as JsonValue | undefined;
  for (const key of path) {
    current = step(current, key);
    if (current === undefined) return undefined;
  }
  return current;
}

export function objectAt(value: unknown, ...path: Path): JsonObject | undefined {
  return asObject(follow(value, path));
}

export function arrayAt(value: unknown, ...path: Path): readonly JsonValue[] {
  return asArray(follow(value, path));
}

export function stringAt(value: unknown, ...path: Path): string | undefined {
  return asString(follow(value, path));
}

export function nameAt(value: unknown, ...path: Path): string | undefined {
  return asName(follow(value, path));
}

export function numberAt(value: unknown, ...path: Path): number | undefined {
  return asNumber(follow(value, path));
}

export function booleanAt(value: unknown, ...path: Path): boolean | undefined {
  return asBoolean(follow(value, path));
}

/** The string entries of a map (labels, nodeSelector); entries of other types are left out. */
export function stringMapAt(value: unknown, ...path: Path): ReadonlyMap<string, string> {
  const entries = asObject(follow(value, path));
  const map = new Map<string, string>();
  if (entries)
    for (const key of Object.keys(entries)) {
      const entry = entries[key];
      if (typeof entry === 'string') map.set(key, entry);
    }
  return map;
}

/** Deep equality of JSON values; the order of map keys does not count. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) {
    const other = b as readonly unknown[];
    return a.length === other.length && a.every((item, index) => jsonEqual(item, other[index]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))
  );
}

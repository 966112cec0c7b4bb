/** What the three readers of this folder (JSON, the fast YAML reader, the `yaml` library) give back alike. */
import type { JsonObject, JsonValue } from '../base/json.ts';

/**
 * The deepest nesting that is read. Manifests stay below 60 (schemas inside a CustomResourceDefinition); kubectl stops at
 * 10,000, which would overflow the stack of a browser's worker.
 */
export const MAX_DEPTH = 500;

/** What a reader noticed on the way, as offsets into the text it was given. */
export class Marks {
  /** A key that stands a second time in its map. */
  readonly duplicates: { readonly key: string; readonly offset: number }[] = [];
  /** For each list under a key `items`: where its entries begin. */
  readonly items = new Map<readonly JsonValue[], readonly number[]>();
}

export interface Reading {
  readonly ok: true;
  readonly value: JsonValue;
  /** Where the value begins, after comments. */
  readonly start: number;
  /** Just after the value. */
  readonly end: number;
  readonly marks: Marks;
  /** Whether the value follows go-yaml where the `yaml` library is known to differ (fast reader only). */
  readonly disputed?: boolean;
}

export interface ReadingFailure {
  readonly ok: false;
  readonly id: 'manifest.syntax' | 'manifest.excessive';
  readonly offset: number;
  /** The reader's words for a syntax error; which bound was passed (`nesting`, `aliases`) otherwise. */
  readonly message: string;
}

/** Thrown inside a reader only, and turned into a `ReadingFailure` at its edge. */
export class ReadError extends Error {
  readonly id: ReadingFailure['id'];
  readonly offset: number;
  constructor(offset: number, message: string, id: ReadingFailure['id'] = 'manifest.syntax') {
    super(message);
    this.id = id;
    this.offset = offset;
  }
}

export function failure(error: unknown, offset: number): ReadingFailure {
  if (error instanceof ReadError) return { ok: false, id: error.id, offset: error.offset, message: error.message };
  // Only a stack that ran out ends here: the depth bound is far below that in every known engine.
  if (error instanceof RangeError) return { ok: false, id: 'manifest.excessive', offset, message: 'nesting' };
  throw error;
}

export type MutableMap = Record<string, JsonValue>;

/** Sets an own key whatever its name: `map.__proto__ = x` would set the prototype. */
export function setOwn(map: MutableMap, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  else map[key] = value;
}

/** A copy of `object` with `first` before its own keys; own keys only, `__proto__` included. */
export function withFirst(first: Readonly<Record<string, JsonValue>>, object: JsonObject): JsonObject {
  const copy: MutableMap = {};
  for (const source of [first, object]) {
    for (const key of Object.keys(source)) setOwn(copy, key, source[key] ?? null);
  }
  return copy;
}

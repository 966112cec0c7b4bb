import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import type { FieldEdit } from '../../kinds/field-edit.ts';
import { judge } from '../../kinds/judge.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { VerdictError } from '../../kinds/verdict.ts';

import type { Schema } from '../../openapi/schema.ts';
import { editsBetween } from '../conversions/edits-between.ts';
import { repairs } from './repairs.ts';
import { startsOf } from './starts.ts';
import { putAt } from './value-at.ts';

/** How many objects are judged for one beginning before the next is tried; some tenths of a millisecond each. */
const MOST_JUDGED = 400;
const MOST_CHANGES = 8;
/** Ways on that are followed from one object. */
const WIDTH = 5;

/**
 * What adding a field writes, so that an API server that accepts the object still accepts it: the field as it begins, with
 * what it asks for, and without what it excludes. Undefined where a value has to be typed: scalars, and where nothing
 * that was tried is accepted. Schemas and strategies of the object's kind are loaded.
 */
export function startField(
  object: KubernetesObject,
  path: Path,
  root: Schema,
  context: JudgeContext,
  schema: Schema,
): readonly FieldEdit[] | undefined {
  if (!['object', 'array', 'boolean'].includes(schema.type)) return undefined;
  const search = new Search(object, path, root, context);
  const starts = startsOf(schema, path, object)
    .slice(0, 4)
    .map((value) => putAt(object, path, value) as JsonObject);
  // What is right as it begins is better than what has to be made right.
  for (const width of [0, MOST_CHANGES]) {
    for (const start of starts) {
      const found = search.from(start, width);
      if (found) return editsBetween(object, found);
    }
  }
  return undefined;
}

/** Depth first, nearest to valid first: each change answers the first thing that the server has against the object. */
class Search {
  private before: ReadonlySet<string> = new Set();
  private seen = new Set<string>();
  private readonly added: Path;
  private readonly root: Schema;
  private readonly context: JudgeContext;
  private left = 0;

  constructor(object: KubernetesObject, added: Path, root: Schema, context: JudgeContext) {
    this.added = added;
    this.root = root;
    this.context = context;
    this.before = new Set(this.errorsOf(object).map(keyOf));
  }

  from(object: JsonObject, changes: number): JsonObject | undefined {
    this.left = MOST_JUDGED;
    this.seen = new Set();
    return this.step(object, this.errorsOf(object), changes);
  }

  private step(object: JsonObject, errors: readonly VerdictError[], changes: number): JsonObject | undefined {
    const [first] = errors;
    if (first === undefined) return object;
    if (changes === 0) return undefined;
    for (const group of repairs(object, first, this.added, this.root)) {
      const ways: { readonly next: JsonObject; readonly left: readonly VerdictError[] }[] = [];
      for (const next of group) {
        if (!this.fresh(next)) continue;
        const left = this.errorsOf(next);
        // A change that does not answer the error is no way on; one that answers it and asks for nothing new is the way.
        const [still] = left;
        if (still && keyOf(still) === keyOf(first)) continue;
        if (left.length >= errors.length) {
          ways.push({ next, left });
          continue;
        }
        const found = this.step(next, left, changes - 1);
        if (found) return found;
      }
      for (const { next, left } of ways.toSorted((a, b) => a.left.length - b.left.length).slice(0, WIDTH)) {
        const found = this.step(next, left, changes - 1);
        if (found) return found;
      }
    }
    return undefined;
  }

  private fresh(object: JsonObject): boolean {
    if (this.left <= 0 || valueAt(object, ...this.added) === undefined) return false;
    const key = JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  /** What was wrong before goes without saying. */
  private errorsOf(object: JsonObject): readonly VerdictError[] {
    this.left--;
    const { valid, errors, message, reason } = judge(object as KubernetesObject, this.context);
    if (valid !== false) return [];
    const all = errors.length > 0 ? errors : [{ path: [], field: '', reason, message }];
    return all.filter((error) => !this.before.has(keyOf(error)));
  }
}

function keyOf({ field, message }: VerdictError): string {
  return `${field} ${message}`;
}

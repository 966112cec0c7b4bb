import { describe, expect, it } from 'vitest';
import { errorBody } from '../../../apimachinery/field-error.ts';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { applyMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../../base/testing/upstream-table.ts';

/** A row of an upstream validation table: the object it judges, and what it says of it, as `path: words`. */
export interface UpstreamCase {
  readonly test: string;
  readonly name: string;
  readonly function: string;
  /** From the base to the object; left out where the object is the base. */
  readonly patch?: JsonObject;
  readonly oldPatch?: JsonObject;
  /** Options that the table sets to something else than a create by a client. */
  readonly options?: JsonObject;
  readonly errors: readonly string[];
}

export interface UpstreamCases {
  readonly source: string;
  readonly base: JsonObject;
  readonly cases: readonly UpstreamCase[];
}

export type JudgeCase = (
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  row: UpstreamCase,
) => readonly FieldError[];

/** For tests: every row of the table, in the words of the server and in its order. Same errors twice count once. */
export function expectUpstreamCases(table: unknown, count: number, judge: JudgeCase, leftOut: LeftOut = {}): void {
  const { base, cases, source } = table as UpstreamCases;
  const upstream = upstreamSource('validation', source);
  describe(upstream.file, () => {
    it(`has ${count} cases`, () => {
      expect(cases.length).toBe(count);
      const names = new Set(cases.map((row) => nameOfCase(row)));
      expect(Object.keys(leftOut).filter((name) => !names.has(name))).toEqual([]);
    });
    const kept = cases.filter((row) => !Object.hasOwn(leftOut, nameOfCase(row)));
    upstreamLeftOut(upstream, leftOut);
    upstreamEach(upstream)(kept.map((row) => [nameOfCase(row), row] as const))('%s', (_name, row) => {
      const object = patched(base, row.patch);
      const old = row.oldPatch === undefined ? undefined : patched(base, row.oldPatch);
      expect([...new Set(judge(object, old, row).map((error) => wordsOf(error)))]).toEqual(row.errors);
    });
  });
}

function nameOfCase({ test, name, function: called }: UpstreamCase): string {
  return `${test}/${name} (${called})`;
}

function patched(base: JsonObject, patch: JsonValue = {}): KubernetesObject {
  const result = applyMergePatch(base, patch);
  if (!result.ok) throw new Error(result.message);
  return result.value as KubernetesObject;
}

/** Of whole templates, which the server prints in Go's names, only the words are compared. */
function wordsOf(error: FieldError): string {
  const path = error.path.toString();
  const body = errorBody(error);
  const isTemplate = path === 'spec.template' || path === 'spec.template.spec';
  return `${path}: ${isTemplate ? body.replace(/^Invalid value: \{.*\}: /s, 'Invalid value: {…}: ') : body}`;
}

import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { applyMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../../base/testing/upstream-table.ts';
import type { KindStrategy } from '../../strategy.ts';
import { semanticEqual } from '../validation/semantic-equal.ts';

interface DefaultCases {
  readonly source: string;
  readonly cases: readonly { readonly test: string; readonly object: JsonObject; readonly patch: JsonObject }[];
}

/** For tests: every row of an upstream table of defaults but those left out, with the reason. Nothing and an empty list or struct are the same. */
export function expectDefaultCases(table: unknown, count: number, strategy: KindStrategy, leftOut: LeftOut = {}): void {
  const { cases, source } = table as DefaultCases;
  const upstream = upstreamSource('defaults and warnings', source);
  describe(upstream.file, () => {
    it(`has ${count} cases`, () => {
      expect(cases.length).toBe(count);
      const names = new Set(cases.map((row) => row.test));
      expect(Object.keys(leftOut).filter((name) => !names.has(name))).toEqual([]);
    });
    const kept = cases.filter((row) => !Object.hasOwn(leftOut, row.test));
    upstreamLeftOut(upstream, leftOut);
    upstreamEach(upstream)(kept.map((row, index) => [`${row.test} #${index + 1}`, row] as const))(
      '%s',
      (_name, row) => {
        const wanted = applyMergePatch(row.object, row.patch);
        const object = row.object as KubernetesObject;
        const defaulted = strategy.setDefaults(strategy.toHub?.(object) ?? object);
        const answered = strategy.fromHub?.(defaulted, object.apiVersion) ?? defaulted;
        const isSame = wanted.ok && semanticEqual(answered, wanted.value);
        if (!isSame) expect(answered).toEqual(wanted.ok ? wanted.value : undefined);
        expect(isSame).toBe(true);
        // What is defaulted stays as it is.
        expect(strategy.setDefaults(defaulted)).toBe(defaulted);
      },
    );
  });
}

import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { applyMergePatch, createMergePatch, createThreeWayMergePatch, filterNulls } from './merge-patch.ts';
import answers from './testdata/merge-patch-answers.json' with { type: 'json' };
import evanphx from './testdata/merge-patch-evanphx.json' with { type: 'json' };
import threeWay from './testdata/merge-patch-three-way.json' with { type: 'json' };

const SOURCE = {
  area: 'patches',
  file: 'gopkg.in/evanphx/json-patch.v4/merge_test.go',
  release: '4.13.0',
} as const;

const THREE_WAY = {
  area: 'patches',
  file: 'staging/src/k8s.io/apimachinery/pkg/util/jsonmergepatch/patch_test.go',
  release: '1.36.2',
} as const;

const RECORDED = { ...SOURCE, file: 'gopkg.in/evanphx/json-patch.v4', recorded: true } as const;

describe('the cases of evanphx/json-patch, RFC 7386 appendix A among them', () => {
  upstreamLeftOut(
    SOURCE,
    Object.fromEntries(evanphx.leftOut.map(({ name, cases, reason }) => [name, { count: cases, reason }])),
  );
  upstreamEach(SOURCE)(evanphx.applied)('$name', ({ document, patch, result }) => {
    expect(applyMergePatch(document as JsonValue, patch as JsonValue)).toEqual({ ok: true, value: result });
  });
  upstreamEach(SOURCE)(evanphx.refused)('$name refused', ({ document, patch }) => {
    expect(applyMergePatch(document, patch)).toEqual({ ok: false, code: 400, message: 'Invalid JSON Patch' });
  });
  upstreamEach(SOURCE)(evanphx.created)('$name', ({ original, modified, patch }) => {
    expect(createMergePatch(original as JsonObject, modified as JsonObject)).toEqual(patch);
  });
  it('are counted', () => {
    expect([evanphx.applied.length, evanphx.refused.length, evanphx.created.length]).toEqual([30, 2, 13]);
    expect(evanphx.leftOut.reduce((sum, { cases }) => sum + cases, 0)).toBe(39);
  });
});

/** Random pairs, answered by evanphx/json-patch v4.13.0. */
describe('the answers of the library that the API server uses', () => {
  const rows = answers as readonly {
    document: JsonObject;
    patch: JsonValue;
    value?: JsonValue;
    error?: string;
    difference?: JsonObject;
  }[];
  upstreamEach(RECORDED)(rows.map((row, index) => ({ index, row })))('$index', ({ row }) => {
    const result = applyMergePatch(row.document, row.patch);
    if (row.error === undefined) expect(result).toEqual({ ok: true, value: row.value });
    else expect(result).toMatchObject({ ok: false, message: row.error });
    if (row.difference !== undefined && isJsonObject(row.patch)) {
      expect(createMergePatch(row.document, row.patch)).toEqual(row.difference);
    }
  });
});

/** staging/src/k8s.io/apimachinery/pkg/util/jsonmergepatch/patch_test.go, 1.36.2: 23 three-way cases, 15 of the null filter. */
describe('a three-way merge patch', () => {
  const rows = threeWay.threeWay as readonly {
    description: string;
    original?: JsonObject | null;
    modified?: JsonObject | null;
    current?: JsonObject | null;
    threeWay?: JsonObject;
    result?: JsonObject;
  }[];
  upstreamEach(THREE_WAY)(rows)('$description', ({ original, modified, current, threeWay: patch, result }) => {
    const actual = createThreeWayMergePatch(original ?? {}, modified ?? {}, current ?? {});
    expect(actual).toEqual(patch ?? {});
    expect(applyMergePatch(current ?? {}, actual)).toEqual({ ok: true, value: result });
  });
  upstreamEach(THREE_WAY)(threeWay.filterNull as readonly FilterRow[])('its null filter: $description', (row) => {
    expect(filterNulls(row.originalObj, true)).toEqual(row.expectedWithNull);
    expect(filterNulls(row.originalObj, false)).toEqual(row.expectedWithoutNull);
  });
  it('is counted', () => {
    expect([rows.length, threeWay.filterNull.length]).toEqual([23, 15]);
  });
});

interface FilterRow {
  readonly description: string;
  readonly originalObj: JsonObject;
  readonly expectedWithNull: JsonObject;
  readonly expectedWithoutNull: JsonObject;
}

describe('laws', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const { object } = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(scalar, { maxLength: 3 }), tie('object')),
    object: fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.string()), tie('value'), {
      maxKeys: 4,
    }),
  }));

  it('applying the difference of two objects to the first gives the second', () => {
    fc.assert(
      fc.property(object, object, (a, b) => {
        const result = applyMergePatch(a, createMergePatch(a, b));
        return result.ok && jsonEqual(result.value, b);
      }),
    );
  });
  it('equal objects differ by nothing, and an empty patch gives the same object back', () => {
    fc.assert(
      fc.property(object, (a) => {
        const result = applyMergePatch(a, {});
        return Object.keys(createMergePatch(a, a)).length === 0 && result.ok && result.value === a;
      }),
    );
  });
  it('the three-way patch removes what was applied before and keeps what others added', () => {
    fc.assert(
      fc.property(object, object, (applied, others) => {
        const current = { ...others, ...applied };
        const patch = createThreeWayMergePatch(applied, {}, current);
        const result = applyMergePatch(current, patch);
        const kept = Object.entries(others).filter(([key]) => !Object.hasOwn(applied, key));
        return result.ok && jsonEqual(result.value, Object.fromEntries(kept));
      }),
    );
  });
});

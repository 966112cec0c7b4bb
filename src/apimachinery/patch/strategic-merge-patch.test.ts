import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach } from '../../base/testing/upstream-table.ts';
import type { PatchResult } from './patch-result.ts';
import {
  applyStrategicMergePatch as apply,
  createThreeWayStrategicMergePatch,
  createTwoWayStrategicMergePatch as createTwoWay,
} from './strategic-merge-patch.ts';
import { mergeItem } from './testdata/merge-item.schema.ts';
import { sortMergeLists } from './testdata/sort-merge-lists.ts';
import upstream from './testdata/strategic-merge-patch.json' with { type: 'json' };

const SOURCE = {
  area: 'patches',
  file: 'staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch_test.go',
  release: '1.36.2',
} as const;

interface Case {
  readonly description: string;
  readonly original?: JsonObject | null;
  readonly modified?: JsonObject | null;
  readonly current?: JsonObject | null;
  readonly twoWay?: JsonObject | null;
  readonly threeWay?: JsonObject | null;
  readonly result?: JsonObject | null;
  readonly twoWayResult?: JsonObject | null;
  readonly expectedError?: string;
}

const cases = (rows: unknown): readonly Case[] => rows as readonly Case[];

/** Upstream sorts inputs and expectations of these tables by merge key before it compares them. */
function sorted(row: Case): Case {
  const fields = Object.entries(row).map(([key, value]) => [
    key,
    typeof value === 'object' && value !== null ? sortMergeLists(value as JsonObject, mergeItem) : (value as string),
  ]);
  return Object.fromEntries(fields) as Case;
}

function expectApplied(actual: PatchResult<JsonObject>, expected: JsonObject | null | undefined, error = ''): void {
  if (error !== '' && !actual.ok) expect(actual.message).toContain(error);
  else expect(actual).toEqual({ ok: true, value: expected ?? {} });
}

function expectTwoWay(row: Case): void {
  const original = row.original ?? {};
  const patch = createTwoWay(original, row.modified ?? {}, mergeItem);
  expect(patch).toEqual({ ok: true, value: row.twoWay ?? {} });
  if (!patch.ok) return;
  expectApplied(apply(original, patch.value, mergeItem), row.twoWayResult ?? row.modified, row.expectedError);
}

function expectThreeWay(row: Case): void {
  const inputs = { original: row.original ?? {}, modified: row.modified ?? {}, current: row.current ?? {} };
  const careful = createThreeWayStrategicMergePatch(inputs, mergeItem, false);
  const conflicts = row.description.includes('conflict');
  if (conflicts) expect(careful).toMatchObject({ ok: false, code: 409 });
  else expect(careful).toMatchObject({ ok: true });
  const hasResult = Object.keys(row.result ?? {}).length > 0;
  if (!hasResult) return;
  const patch = createThreeWayStrategicMergePatch(inputs, mergeItem);
  expect(patch).toEqual({ ok: true, value: row.threeWay ?? {} });
  if (!conflicts) expect(careful).toEqual(patch);
  if (patch.ok) expectApplied(apply(inputs.current, patch.value, mergeItem), row.result, row.expectedError);
}

/** staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch_test.go, 1.36.2, against the type MergeItem. */
describe("upstream's cases", () => {
  upstreamEach(SOURCE)(upstream.sortMergeLists)('sorts: $description', ({ original, sorted: expected }) => {
    expect(sortMergeLists(original as JsonObject, mergeItem)).toEqual(expected);
  });
  upstreamEach(SOURCE)(cases(upstream.custom).map(sorted))('applies: $description', (row) => {
    expectApplied(apply(row.original ?? {}, row.twoWay ?? {}, mergeItem), row.twoWayResult ?? row.modified);
  });
  upstreamEach(SOURCE)(cases(upstream.customRaw))('applies: $description', (row) => {
    expectApplied(apply(row.original ?? {}, row.twoWay ?? {}, mergeItem), row.modified, row.expectedError);
  });
  upstreamEach(SOURCE)(cases(upstream.create).map(sorted))('$description', (row) => {
    expectTwoWay(row);
    expectThreeWay(row);
  });
  upstreamEach(SOURCE)(cases(upstream.createRaw))('$description', (row) => {
    expectTwoWay(row);
    expectThreeWay(row);
  });
  upstreamEach(SOURCE)(cases(upstream.replaceRawExtension))('$description', (row) => {
    expectTwoWay(row);
    expectThreeWay(row);
  });
  it('are counted', () => {
    const {
      sortMergeLists: sort,
      custom,
      customRaw,
      create,
      createRaw,
      replaceRawExtension,
      unknownField,
      numbers,
    } = upstream;
    const tables = [sort, custom, customRaw, create, createRaw, replaceRawExtension, unknownField, numbers];
    expect(tables.map((table) => table.length)).toEqual([8, 18, 10, 22, 94, 2, 15, 7]);
  });
});

interface UnknownFieldCase {
  readonly description: string;
  readonly original: JsonObject;
  readonly current: JsonObject;
  readonly modified: JsonObject;
  readonly expectedTwoWay?: JsonObject;
  readonly expectedTwoWayErr?: string;
  readonly expectedTwoWayResult?: JsonObject;
  readonly expectedThreeWay?: JsonObject;
  readonly expectedThreeWayErr?: string;
  readonly expectedThreeWayResult?: JsonObject;
}

describe('a field that the schema does not know', () => {
  upstreamEach(SOURCE)(upstream.unknownField as unknown as readonly UnknownFieldCase[])('$description', (row) => {
    const twoWay = createTwoWay(row.original, row.modified, mergeItem);
    if (!twoWay.ok) expect(twoWay.message).toContain(row.expectedTwoWayErr);
    else {
      expect(twoWay.value).toEqual(row.expectedTwoWay);
      expectApplied(apply(row.original, twoWay.value, mergeItem), row.expectedTwoWayResult);
    }
    const threeWay = createThreeWayStrategicMergePatch(row, mergeItem, false);
    if (!threeWay.ok) expect(threeWay.message).toContain(row.expectedThreeWayErr);
    else {
      expect(threeWay.value).toEqual(row.expectedThreeWay);
      expectApplied(apply(row.current, threeWay.value, mergeItem), row.expectedThreeWayResult);
    }
  });
});

/** The largest int64 is no JavaScript number; manifests hold it as a bigint. */
function parse(text: string): JsonObject {
  const value = JSON.parse(text) as JsonObject;
  return text.includes('9223372036854775807') ? { ...value, int64: 9223372036854775807n } : value;
}

describe('numbers keep their value', () => {
  upstreamEach(SOURCE)(upstream.numbers)('$description', (row) => {
    const patch = createTwoWay(parse(row.old), parse(row.new), mergeItem);
    expect(patch).toEqual({ ok: true, value: parse(row.expectedPatch) });
    if (patch.ok) expectApplied(apply(parse(row.old), patch.value, mergeItem), parse(row.expectedResult));
  });
});

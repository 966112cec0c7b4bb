import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { JsonValue } from '../../base/json.ts';
import { jsonEqual } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { MAX_JSON_PATCH_OPERATIONS } from './json-patch.operation.ts';
import { applyJsonPatch } from './json-patch.ts';
import { escapeToken } from './json-pointer.ts';
import answers from './testdata/json-patch-answers.json' with { type: 'json' };
import evanphx from './testdata/json-patch-evanphx.json' with { type: 'json' };
import { rfc6902 } from './testdata/json-patch-rfc6902.ts';

const SOURCE = {
  area: 'patches',
  file: 'gopkg.in/evanphx/json-patch.v4/patch_test.go',
  release: '4.13.0',
} as const;

const RFC = { area: 'patches', file: 'www.rfc-editor.org/rfc/rfc6902, appendix A', release: '6902' } as const;

const RECORDED = { ...SOURCE, file: 'gopkg.in/evanphx/json-patch.v4', recorded: true } as const;

function apply(document: JsonValue, patch: JsonValue): JsonValue {
  const result = applyJsonPatch(document, patch, 100);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe('RFC 6902 appendix A', () => {
  upstreamEach(RFC)(rfc6902)('$name', ({ document, patch, result, refused }) => {
    const actual = applyJsonPatch(document, patch);
    if (refused !== undefined) expect(actual).toEqual({ ok: false, code: 422, message: refused });
    else expect(actual).toEqual({ ok: true, value: result });
  });
  it('is counted', () => expect(rfc6902).toHaveLength(17));
});

describe('the cases of evanphx/json-patch', () => {
  upstreamLeftOut(
    SOURCE,
    Object.fromEntries(evanphx.leftOut.map(({ name, cases, reason }) => [name, { count: cases, reason }])),
  );
  upstreamEach(SOURCE)(evanphx.applied.map((row, index) => ({ index, ...row })))(
    'applies $index',
    ({ document, patch, result }) => {
      expect(apply(document, patch)).toEqual(result);
    },
  );
  upstreamEach(SOURCE)(evanphx.changed)('changes what it should', ({ document, patch }) => {
    expect(apply(document, patch)).not.toEqual(document);
  });
  upstreamEach(SOURCE)(evanphx.refused)('$message', ({ document, patch, message }) => {
    expect(applyJsonPatch(document, patch, 100)).toEqual({ ok: false, code: 422, message });
  });
  upstreamEach(SOURCE)(evanphx.tested)('test $failedPath', ({ document, patch, passes, failedPath }) => {
    const result = applyJsonPatch(document, patch);
    if (passes) expect(result).toEqual({ ok: true, value: document });
    else expect(result).toEqual({ ok: false, code: 422, message: `testing value ${failedPath} failed: test failed` });
  });
  upstreamEach(SOURCE)(evanphx.equality)('equality $name', ({ a, b, equal }) => {
    const test = [{ op: 'test', path: '/at', value: b as JsonValue }];
    expect(applyJsonPatch({ at: a as JsonValue }, test).ok).toBe(equal);
  });
  it('are counted', () => {
    const { applied, changed, refused, tested, equality, leftOut } = evanphx;
    expect([applied.length, changed.length, refused.length, tested.length, equality.length]).toEqual([
      29, 2, 21, 11, 13,
    ]);
    expect(leftOut.reduce((sum, { cases }) => sum + cases, 0)).toBe(6);
  });
});

/** Random patches, answered by evanphx/json-patch v4.13.0 with a copy limit of 100 bytes. */
describe('the answers of the library that the API server uses', () => {
  const rows = answers as readonly { document: JsonValue; patch: JsonValue; value?: JsonValue; error?: string }[];
  upstreamEach(RECORDED)(rows.map((row, index) => ({ index, row })))('$index $row.error', ({ row }) => {
    const result = applyJsonPatch(row.document, row.patch, 100);
    if (row.error === undefined) expect(result).toEqual({ ok: true, value: row.value });
    else expect(result).toMatchObject({ ok: false, message: row.error });
  });
});

describe('a patch', () => {
  it('of too many operations is refused as too large', () => {
    const patch = Array.from({ length: MAX_JSON_PATCH_OPERATIONS + 1 }, () => ({ op: 'add', path: '/a', value: 1 }));
    const message = 'The allowed maximum operations in a JSON patch is 10000, got 10001';
    expect(applyJsonPatch({}, patch)).toEqual({ ok: false, code: 413, message });
  });
  it('that is no list of operations is a bad request', () => {
    const message = 'json: cannot unmarshal object into Go value of type jsonpatch.Patch';
    expect(applyJsonPatch({}, { op: 'add' })).toEqual({ ok: false, code: 400, message });
  });
  it('keeps __proto__ a plain key', () => {
    const patch = [{ op: 'add', path: '/__proto__', value: { polluted: true } }];
    const value = apply({}, patch);
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
  it('shares what it does not touch', () => {
    const untouched = { deep: [1] };
    const value = apply({ untouched, at: { a: 1 } }, [{ op: 'replace', path: '/at/a', value: 2 }]);
    expect((value as { untouched: unknown }).untouched).toBe(untouched);
  });
});

describe('laws', () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
  const object = fc.dictionary(fc.string(), json);

  it('what was added is found by test and gone after remove', () => {
    fc.assert(
      fc.property(object, fc.string(), json, (document, key, value) => {
        const path = `/${escapeToken(key)}`;
        const added = apply(document, [
          { op: 'add', path, value },
          { op: 'test', path, value },
        ]);
        const removed = apply(added, [{ op: 'remove', path }]);
        const rest = Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
        return jsonEqual(removed, rest);
      }),
    );
  });
  it('no input makes it throw, and no document is changed', () => {
    fc.assert(
      fc.property(json, json, (document, patch) => {
        const before = JSON.stringify(document);
        applyJsonPatch(document, patch);
        return JSON.stringify(document) === before;
      }),
    );
  });
});

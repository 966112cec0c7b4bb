import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as taints from './taints.ts';
import * as cases from './testdata/taints.cases.ts';

/** As in a manifest: what is empty is left out. */
function given(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

const toleration = ([key, operator, value, effect]: cases.TolerationRow) => given({ key, operator, value, effect });
const taint = ([key, value, effect]: cases.TaintRow) => given({ key, value, effect });

describe('a toleration', () => {
  upstreamEach(cases.SOURCE, 'TestTolerationToleratesTaint')(cases.TOLERATES)(
    '%s',
    (_, tolerationRow, taintRow, tolerated, comparisonOperators) => {
      const options = { comparisonOperators };
      expect(taints.toleratesTaint(toleration(tolerationRow), taint(taintRow), options)).toBe(tolerated);
    },
  );

  upstreamEach(cases.SOURCE, 'TestCompareNumericValues')(cases.COMPARES)(
    '%j and %j by %s: %j',
    (limit, value, operator, expected) => {
      expect(taints.comparesTo(value, operator, limit)).toBe(expected);
    },
  );

  test('compares nothing in 1.36 unless the gate is on', () => {
    const [, gt, value] = cases.TOLERATES[7]!;
    expect(taints.toleratesTaint(toleration(gt), taint(value))).toBe(false);
  });

  test('without operator means Equal', () => {
    expect(taints.toleratesTaint({ key: 'foo', value: 'bar' }, { key: 'foo', value: 'bar', effect: 'NoExecute' })).toBe(
      true,
    );
    expect(taints.toleratesTaint({ key: 'foo' }, { key: 'foo', value: 'bar', effect: 'NoExecute' })).toBe(false);
  });

  test.each([undefined, null, 'foo', 7, [], { operator: 'Exist' }])('%j tolerates nothing with a value', (odd) => {
    expect(taints.toleratesTaint(odd, { key: 'foo', value: 'bar', effect: 'NoSchedule' })).toBe(false);
  });
});

describe('taints', () => {
  upstreamEach(cases.SOURCE, 'TestFindMatchingUntoleratedTaint')(cases.FINDS)(
    '%j of %j',
    (tolerations, given_, counts, tolerated) => {
      const filter = {
        all: () => true,
        none: () => false,
        NoExecute: (candidate: unknown) => (candidate as Record<string, string>)['effect'] === 'NoExecute',
      };
      const found = taints.findUntoleratedTaint(
        given_.map(taint),
        tolerations.map(toleration),
        counts && filter[counts],
        {
          comparisonOperators: true,
        },
      );
      expect(found === undefined).toBe(tolerated);
    },
  );

  test('each has the first toleration that tolerates it, or none at all', () => {
    const [a, b] = [
      { key: 'a', effect: 'NoExecute' },
      { key: 'b', effect: 'NoExecute' },
    ];
    const tolerateA = { key: 'a', operator: 'Exists', tolerationSeconds: 300 };
    const tolerateAll = { operator: 'Exists' };
    expect(taints.matchingTolerations([], [])).toEqual([]);
    expect(taints.matchingTolerations([a, b], [tolerateA])).toBeUndefined();
    expect(taints.matchingTolerations([a, b], [tolerateA, tolerateAll])).toEqual([tolerateA, tolerateAll]);
  });

  test('only PreferNoSchedule lets Pods come', () => {
    const effects = ['NoSchedule', 'NoExecute', 'PreferNoSchedule', ''];
    expect(effects.map((effect) => taints.keepsPodsOff({ key: 'foo', effect }))).toEqual([true, true, false, false]);
  });

  test('are read from Node and Pod', () => {
    expect(taints.taintsOf({ spec: { taints: [{ key: 'a' }] } })).toEqual([{ key: 'a' }]);
    expect(taints.tolerationsOf({ spec: { tolerations: 'x' } })).toEqual([]);
  });
});

test("every row of upstream's tables is here", () => {
  expect([cases.TOLERATES.length, cases.COMPARES.length, cases.FINDS.length]).toEqual([14, 30, 10]);
});

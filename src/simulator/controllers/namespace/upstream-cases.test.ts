import { expect } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, isJsonObject, objectAt } from '../../../base/json.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import type { DeletionCondition } from './conditions.ts';
import { remainingConditions, updatedConditions } from './conditions.ts';

const NOW = '2026-01-01T00:00:00Z';

/** Fields that are empty in Go are left out. */
function withoutTime(condition: unknown): JsonObject {
  const { lastTransitionTime: _, ...rest } = isJsonObject(condition as JsonObject) ? (condition as JsonObject) : {};
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
}

const counts = (value: JsonObject | undefined): ReadonlyMap<string, number> =>
  new Map(Object.entries(value ?? {}).map(([name, count]) => [name, Number(count)]));

runUpstreamTests(new URL('./testdata/status_condition_utils.json', import.meta.url), {
  TestUpdateConditions(one) {
    const before = arrayAt(one, 'startingStatus', 'conditions');
    const found = arrayAt(one, 'newConditions') as unknown as readonly DeletionCondition[];
    const after = updatedConditions(before, found, NOW) ?? before;
    expect(after.map(withoutTime)).toEqual(arrayAt(one, 'expecteds').map(withoutTime));
  },
  TestProcessContentTotals(one) {
    const byResource = counts(objectAt(one, 'contentTotals', 'gvrToNumRemaining'));
    const byFinalizer = counts(objectAt(one, 'contentTotals', 'finalizersToNumRemaining'));
    expect(remainingConditions({ byResource, byFinalizer })).toEqual(arrayAt(one, 'expecteds'));
  },
});

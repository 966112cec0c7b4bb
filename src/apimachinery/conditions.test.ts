import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import * as status from './conditions.ts';
import type { Condition, ConditionStatus } from './conditions.ts';

/** Cases of staging/src/k8s.io/apimachinery/pkg/api/meta/conditions_test.go, Kubernetes 1.36 (Apache-2.0). */
const EARLIER = '2026-01-01T11:00:00Z';
const NOW = '2026-01-01T12:00:00Z';
const LATER = '2026-01-01T13:00:00Z';

const [FIRST, THIRD] = [{ type: 'first' }, { type: 'third' }];
const ADDED: Condition = {
  type: 'second',
  status: 'True',
  lastTransitionTime: EARLIER,
  reason: 'reason',
  message: 'message',
};

const SET: readonly (readonly [string, readonly JsonObject[], Condition, boolean, readonly JsonObject[]])[] = [
  ['is added', [FIRST, THIRD], ADDED, true, [FIRST, THIRD, { ...ADDED }]],
  ['brings its time', [FIRST, { type: 'second', status: 'False' }, THIRD], ADDED, true, [FIRST, { ...ADDED }, THIRD]],
  [
    'keeps its time while the status stays',
    [FIRST, { type: 'second', status: 'True', lastTransitionTime: EARLIER }, THIRD],
    { ...ADDED, lastTransitionTime: LATER, observedGeneration: 3 },
    true,
    [FIRST, { ...ADDED, observedGeneration: 3 }, THIRD],
  ],
  [
    'changes nothing',
    [{ type: 'type', status: 'True', lastTransitionTime: EARLIER }],
    { type: 'type', status: 'True', lastTransitionTime: EARLIER },
    false,
    [{ type: 'type', status: 'True', lastTransitionTime: EARLIER }],
  ],
];

describe('a condition that is set', () => {
  test.each(SET)('%s', (_, conditions, condition, changes, expected) => {
    const given = structuredClone(conditions);
    const after = status.setCondition(conditions, condition, NOW);
    expect(after).toEqual(expected);
    expect(after !== conditions).toBe(changes);
    expect(conditions).toEqual(given);
  });

  test('moves to now when its status changes', () => {
    const ready = status.setCondition([], { type: 'Ready', status: 'False', reason: 'Starting' }, EARLIER);
    expect(ready).toEqual([{ type: 'Ready', status: 'False', reason: 'Starting', lastTransitionTime: EARLIER }]);
    const changed = status.setCondition(ready, { type: 'Ready', status: 'False', reason: 'StillStarting' }, NOW);
    expect(changed[0]).toMatchObject({ reason: 'StillStarting', lastTransitionTime: EARLIER });
    const turned = status.setCondition(changed, { type: 'Ready', status: 'True' }, NOW);
    expect(turned).toEqual([{ type: 'Ready', status: 'True', lastTransitionTime: NOW }]);
  });
});

const REMOVED: readonly (readonly [readonly JsonObject[], string, readonly JsonObject[]])[] = [
  [[FIRST, { type: 'second' }, THIRD], 'second', [FIRST, THIRD]],
  [[FIRST, { type: 'second' }, THIRD], 'fourth', [FIRST, { type: 'second' }, THIRD]],
  [[], 'Foo', []],
];

test.each(REMOVED)('%j without %s', (conditions, type, expected) => {
  const left = status.removeCondition(conditions, type);
  expect(left).toEqual(expected);
  expect(left === conditions).toBe(expected.length === conditions.length);
});

const FOUND: readonly (readonly [readonly JsonObject[], string, JsonObject | undefined])[] = [
  [[FIRST], 'second', undefined],
  [[FIRST, { type: 'second' }], 'second', { type: 'second' }],
];

test.each(FOUND)('in %j is %s', (conditions, type, expected) => {
  expect(status.findCondition(conditions, type)).toEqual(expected);
});

const PRESENT: readonly (readonly [string, ConditionStatus, boolean])[] = [
  ['Unknown', 'True', false],
  ['True', 'True', true],
  ['False', 'False', true],
];

test.each(PRESENT)('%s is %s: %j', (given, asked, expected) => {
  expect(status.hasCondition([{ type: 'first', status: given }], 'first', asked)).toBe(expected);
});

test('conditions are read from the status', () => {
  expect(status.conditionsOf({ status: { conditions: [FIRST, null, 'Ready'] } })).toEqual([FIRST]);
  expect(status.conditionsOf({})).toEqual([]);
  expect(status.hasCondition([], 'Ready', 'True')).toBe(false);
});

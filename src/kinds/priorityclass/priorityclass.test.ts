import { expect, it } from 'vitest';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { priorityClass } from './priorityclass.ts';

const gold = priorityClass.newObject('gold');

it('makes an object with a value', () => {
  expect(gold).toEqual({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'gold' },
    value: 1000,
  });
  expect(priorityClass.references(gold)).toEqual([]);
});

it.each([
  [gold, { fact: '1000' }],
  [
    { ...gold, value: -5, globalDefault: true },
    { fact: '-5', detail: 'globalDefault' },
  ],
  [
    { ...gold, preemptionPolicy: 'Never' },
    { fact: '1000', detail: 'preemptionPolicy Never' },
  ],
  [{ ...gold, value: undefined }, { fact: '0' }],
])('shows its value', (object, summary) => {
  expect(priorityClass.summary?.(object)).toEqual(summary);
});

it('takes any object', () => {
  expectTotal(priorityClass, [{ ...gold, globalDefault: true }]);
});

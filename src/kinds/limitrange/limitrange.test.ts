import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { limitRange } from './limitrange.ts';

test('says what it is', () => expectIdentity(limitRange));

test('points at nothing, and shows what it limits', () => {
  const sample = limitRange.newObject('limits', 'shop');
  expect(limitRange.references(sample)).toEqual([]);
  expect(limitRange.summary?.(sample)).toEqual({ fact: 'Container' });
});

test('reads anything', () => expectTotal(limitRange, [limitRange.newObject('limits')]));

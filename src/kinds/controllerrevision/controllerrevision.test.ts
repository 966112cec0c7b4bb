import { expect, it } from 'vitest';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { controllerRevision } from './controllerrevision.ts';

const revision = controllerRevision.newObject('web-5d8', 'shop');

it('points at nothing but its owner and shows its number', () => {
  expect(controllerRevision.references(revision)).toEqual([]);
  expect(controllerRevision.summary?.({ ...revision, revision: 7 })).toEqual({ fact: 'revision 7' });
  expectTotal(controllerRevision, [revision]);
});

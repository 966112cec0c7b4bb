import { expect, test } from 'vitest';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { issuer } from './issuer.ts';

const fresh = issuer.newObject('web');

test('what a new one points at', () => expect(referenceLines(issuer.references(fresh))).toEqual([]));

test('nothing makes it throw', () => expectTotal(issuer, [fresh], 100));

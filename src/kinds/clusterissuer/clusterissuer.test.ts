import { expect, test } from 'vitest';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { clusterIssuer } from './clusterissuer.ts';

const fresh = clusterIssuer.newObject('web');

test('what a new one points at', () => expect(referenceLines(clusterIssuer.references(fresh))).toEqual([]));

test('nothing makes it throw', () => expectTotal(clusterIssuer, [fresh], 100));

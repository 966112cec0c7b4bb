import { expect, test } from 'vitest';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { xListenerSet } from './xlistenerset.ts';

const fresh = xListenerSet.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(xListenerSet.references(fresh))).toEqual([
    'parent spec.parentRef.name -> Gateway.gateway.networking.k8s.io/default/gateway',
  ]));

test('nothing makes it throw', () => expectTotal(xListenerSet, [fresh], 100));

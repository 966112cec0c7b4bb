import { ListenerSet } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/ListenerSet';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { listenerSet } from './listenerset.ts';

const fresh = listenerSet.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(listenerSet.references(fresh))).toEqual([
    'parent spec.parentRef.name -> Gateway.gateway.networking.k8s.io/default/gateway',
  ]));

test('the schema accepts a new one', () => expectAccepted(ListenerSet, fresh));

test('nothing makes it throw', () => expectTotal(listenerSet, [fresh], 100));

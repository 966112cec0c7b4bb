import { UDPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1alpha2/UDPRoute';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { udpRoute } from './udproute.ts';

const fresh = udpRoute.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(udpRoute.references(fresh))).toEqual([
    'backend spec.rules[0].backendRefs[0].name -> Service/default/web :443',
  ]));

test('the schema accepts a new one', () => expectAccepted(UDPRoute, fresh));

test('nothing makes it throw', () => expectTotal(udpRoute, [fresh], 100));

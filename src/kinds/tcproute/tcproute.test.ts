import { TCPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1alpha2/TCPRoute';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { tcpRoute } from './tcproute.ts';

const fresh = tcpRoute.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(tcpRoute.references(fresh))).toEqual([
    'backend spec.rules[0].backendRefs[0].name -> Service/default/web :443',
  ]));

test('the schema accepts a new one', () => expectAccepted(TCPRoute, fresh));

test('nothing makes it throw', () => expectTotal(tcpRoute, [fresh], 100));

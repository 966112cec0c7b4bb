import { TLSRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/TLSRoute';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { tlsRoute } from './tlsroute.ts';

const fresh = tlsRoute.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(tlsRoute.references(fresh))).toEqual([
    'backend spec.rules[0].backendRefs[0].name -> Service/default/web :443',
  ]));

test('the schema accepts a new one', () => expectAccepted(TLSRoute, fresh));

test('nothing makes it throw', () => expectTotal(tlsRoute, [fresh], 100));

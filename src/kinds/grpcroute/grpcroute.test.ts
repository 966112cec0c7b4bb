import { GRPCRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GRPCRoute';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { grpcRoute } from './grpcroute.ts';

const fresh = grpcRoute.newObject('web');

test('what a new one points at', () => expect(referenceLines(grpcRoute.references(fresh))).toEqual([]));

test('the schema accepts a new one', () => expectAccepted(GRPCRoute, fresh));

test('nothing makes it throw', () => expectTotal(grpcRoute, [fresh], 100));

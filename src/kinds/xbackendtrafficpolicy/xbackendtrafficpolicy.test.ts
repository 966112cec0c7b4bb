import { XBackendTrafficPolicy } from '@kubernetes-models/gateway-api/gateway.networking.x-k8s.io/v1alpha1/XBackendTrafficPolicy';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { xBackendTrafficPolicy } from './xbackendtrafficpolicy.ts';

const fresh = xBackendTrafficPolicy.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(xBackendTrafficPolicy.references(fresh))).toEqual([
    'policyTarget spec.targetRefs[0].name -> Service/default/web',
  ]));

test('the schema accepts a new one', () => expectAccepted(XBackendTrafficPolicy, fresh));

test('nothing makes it throw', () => expectTotal(xBackendTrafficPolicy, [fresh], 100));

import { MutatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { mutatingAdmissionPolicyBinding } from './mutatingadmissionpolicybinding.ts';

const fresh = mutatingAdmissionPolicyBinding.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(mutatingAdmissionPolicyBinding.references(fresh))).toEqual([
    'policy spec.policyName -> MutatingAdmissionPolicy.admissionregistration.k8s.io//web',
  ]));

test('the schema accepts a new one', () => expectAccepted(MutatingAdmissionPolicyBinding, fresh));

test('nothing makes it throw', () => expectTotal(mutatingAdmissionPolicyBinding, [fresh], 100));

import { ValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { validatingAdmissionPolicyBinding } from './validatingadmissionpolicybinding.ts';

const fresh = validatingAdmissionPolicyBinding.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(validatingAdmissionPolicyBinding.references(fresh))).toEqual([
    'policy spec.policyName -> ValidatingAdmissionPolicy.admissionregistration.k8s.io//web',
  ]));

test('the schema accepts a new one', () => expectAccepted(ValidatingAdmissionPolicyBinding, fresh));

test('nothing makes it throw', () => expectTotal(validatingAdmissionPolicyBinding, [fresh], 100));

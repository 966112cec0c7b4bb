import { ValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { validatingAdmissionPolicy } from './validatingadmissionpolicy.ts';

const fresh = validatingAdmissionPolicy.newObject('web');

test('what a new one points at', () => expect(referenceLines(validatingAdmissionPolicy.references(fresh))).toEqual([]));

test('the schema accepts a new one', () => expectAccepted(ValidatingAdmissionPolicy, fresh));

test('nothing makes it throw', () => expectTotal(validatingAdmissionPolicy, [fresh], 100));

import { MutatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicy';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { mutatingAdmissionPolicy } from './mutatingadmissionpolicy.ts';

const fresh = mutatingAdmissionPolicy.newObject('web');

test('what a new one points at', () => expect(referenceLines(mutatingAdmissionPolicy.references(fresh))).toEqual([]));

test('the schema accepts a new one', () => expectAccepted(MutatingAdmissionPolicy, fresh));

test('nothing makes it throw', () => expectTotal(mutatingAdmissionPolicy, [fresh], 100));

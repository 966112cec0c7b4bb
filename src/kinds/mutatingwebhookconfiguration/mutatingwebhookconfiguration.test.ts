import { MutatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingWebhookConfiguration';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { mutatingWebhookConfiguration } from './mutatingwebhookconfiguration.ts';

const fresh = mutatingWebhookConfiguration.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(mutatingWebhookConfiguration.references(fresh))).toEqual([
    'webhook webhooks[0].clientConfig.url -> url https://webhook.example.com/',
  ]));

test('the schema accepts a new one', () => expectAccepted(MutatingWebhookConfiguration, fresh));

test('nothing makes it throw', () => expectTotal(mutatingWebhookConfiguration, [fresh], 100));

import { ValidatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration';
import { expect, test } from 'vitest';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { validatingWebhookConfiguration } from './validatingwebhookconfiguration.ts';

const fresh = validatingWebhookConfiguration.newObject('web');

test('what a new one points at', () =>
  expect(referenceLines(validatingWebhookConfiguration.references(fresh))).toEqual([
    'webhook webhooks[0].clientConfig.url -> url https://webhook.example.com/',
  ]));

test('the schema accepts a new one', () => expectAccepted(ValidatingWebhookConfiguration, fresh));

test('nothing makes it throw', () => expectTotal(validatingWebhookConfiguration, [fresh], 100));

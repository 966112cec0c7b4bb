import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { connected } from '../testing/apply-edits.ts';
import { expectDisconnects } from '../testing/expect-disconnects.ts';
import { expectTotal } from '../testing/expect-total.ts';
import { referenceLines } from '../testing/reference-text.ts';
import { webhookConfigurationDefinition } from './webhook-configuration.ts';

const definition = webhookConfigurationDefinition('ValidatingWebhookConfiguration', 'validatingwebhookconfigurations');

const everything: KubernetesObject = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'w', annotations: { 'cert-manager.io/inject-ca-from': 'infra/serving' } },
  webhooks: [
    {
      name: 'a.example.com',
      clientConfig: { service: { namespace: 'infra', name: 'hook', port: 8443, path: '/a' } },
      rules: [{ resources: ['pods'] }],
    },
    {
      name: 'b.example.com',
      clientConfig: { service: { namespace: 'infra', name: 'hook' } },
      rules: [{ resources: ['pods', 'services'] }],
    },
    { name: 'c.example.com', clientConfig: { url: 'https://hooks.example.com/c' } },
  ],
};

test('rule 48: the Service that is called, on 443 where nothing else is written', () => {
  expect(referenceLines(definition.references(everything))).toEqual([
    'webhook webhooks[0].clientConfig.service.name -> Service/infra/hook :8443 namespace at webhooks[0].clientConfig.service.namespace',
    'webhook webhooks[1].clientConfig.service.name -> Service/infra/hook :443 namespace at webhooks[1].clientConfig.service.namespace',
    'webhook webhooks[2].clientConfig.url -> url https://hooks.example.com/c',
    'custom metadata.annotations[cert-manager.io/inject-ca-from] -> Certificate.cert-manager.io/infra/serving namespace at metadata.annotations[cert-manager.io/inject-ca-from] as {namespace}/{name}',
  ]);
});

describe('an arrow to a Service', () => {
  const service = (name: string, ...ports: number[]): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'infra' },
    spec: { ports: ports.map((port) => ({ port })) },
  });
  const connect = (source: KubernetesObject, target: KubernetesObject) =>
    connected(source, definition.connections![0]!.connect(source, target));

  it('replaces the URL of a new webhook', () => {
    expect(connect(definition.newObject('w'), service('hook', 443))).toHaveProperty('webhooks[0].clientConfig', {
      service: { namespace: 'infra', name: 'hook' },
    });
  });
  it('names a port other than 443', () => {
    expect(connect(definition.newObject('w'), service('hook', 8443))).toHaveProperty(
      'webhooks[0].clientConfig.service.port',
      8443,
    );
  });
  it('adds a webhook where all call Services', () => {
    const full: KubernetesObject = { ...everything, webhooks: (everything['webhooks'] as never[]).slice(0, 2) };
    expect(connect(full, service('other', 443))).toHaveProperty('webhooks[2]', {
      name: 'other.infra.svc',
      clientConfig: { service: { namespace: 'infra', name: 'other' } },
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
    });
  });
  it('is refused with its reason', () => {
    expect(connect(everything, service('hook', 443))).toBe('refused: connect.already');
    expect(connect(everything, service('mute'))).toBe('refused: connect.noPort');
  });
});

test('taking references away leaves the others', () => expectDisconnects(definition, everything));

test('summary', () =>
  expect(definition.summary?.(everything)).toEqual({ fact: 'webhooks 3', detail: 'pods, services' }));

test('nothing in a webhook configuration makes it throw', () => expectTotal(definition, [everything]));

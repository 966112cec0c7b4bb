import { CustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { customResourceDefinition as crd } from './customresourcedefinition.ts';

const certificates: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'backups.example.com', annotations: { 'cert-manager.io/inject-ca-from-secret': 'infra/ca' } },
  spec: {
    group: 'example.com',
    scope: 'Cluster',
    names: { kind: 'Backup', plural: 'backups', shortNames: ['bk', 3] },
    versions: [
      { name: 'v1alpha1', served: false, storage: false },
      { name: 'v1beta1', served: true, storage: true },
      {
        name: 'v1',
        served: true,
        storage: false,
        additionalPrinterColumns: [{ name: 'Schedule', type: 'string', jsonPath: '.spec.schedule' }],
      },
      { name: 'v2', served: false, storage: false },
    ],
    conversion: {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { service: { namespace: 'infra', name: 'convert' } } },
    },
  },
};

const old: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1beta1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'backups.example.com' },
  spec: {
    group: 'example.com',
    version: 'v1',
    scope: 'Namespaced',
    names: { kind: 'Backup', plural: 'backups' },
    additionalPrinterColumns: [{ name: 'Schedule', JSONPath: '.spec.schedule' }],
    conversion: { strategy: 'Webhook', webhookClientConfig: { url: 'https://convert.example.com' } },
  },
};

test('the Service that converts between versions', () => {
  expect(referenceLines(crd.references(certificates))).toEqual([
    'webhook spec.conversion.webhook.clientConfig.service.name -> Service/infra/convert :443 namespace at spec.conversion.webhook.clientConfig.service.namespace',
    'custom metadata.annotations[cert-manager.io/inject-ca-from-secret] -> Secret/infra/ca namespace at metadata.annotations[cert-manager.io/inject-ca-from-secret] as {namespace}/{name}',
  ]);
  expect(referenceLines(crd.references(old))).toEqual([
    'webhook spec.conversion.webhookClientConfig.url -> url https://convert.example.com',
  ]);
});

describe('the kind it brings', () => {
  it('is known by its names, under the served version that discovery prefers', () => {
    const [backup, ...more] = crd.definesKinds!(certificates);
    expect(more).toEqual([]);
    expect(backup).toMatchObject({
      group: 'example.com',
      version: 'v1',
      kind: 'Backup',
      resource: 'backups',
      shortNames: ['bk'],
      scope: 'Cluster',
    });
    expect(backup!.olderVersions!.map(({ version }) => version)).toEqual(['v1alpha1', 'v1beta1', 'v2']);
  });
  it('shows the columns of its version on the card', () => {
    const object: KubernetesObject = { apiVersion: 'example.com/v1', kind: 'Backup', spec: { schedule: '@daily' } };
    for (const definition of [certificates, old]) {
      expect(crd.definesKinds!(definition)[0]!.summary?.(object)).toEqual({ fact: '@daily' });
    }
  });
  it('is left out while it lacks a name', () => {
    expect(crd.definesKinds!({ ...certificates, spec: { group: 'example.com' } })).toEqual([]);
  });
});

test('a new one has the name that the API server requires', () => {
  expect(crd.newObject('backups')).toMatchObject({
    metadata: { name: 'backups.example.com' },
    spec: { group: 'example.com', names: { kind: 'Backup', plural: 'backups', singular: 'backup' } },
  });
  expect(crd.newObject('log-sinks.acme.io')).toMatchObject({
    metadata: { name: 'log-sinks.acme.io' },
    spec: { group: 'acme.io', names: { kind: 'LogSink', plural: 'log-sinks' } },
  });
});

test('an arrow to a Service makes it convert', () => {
  const service: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'x' },
    spec: { ports: [{ port: 443 }] },
  };
  const fresh = crd.newObject('backups');
  const [convert] = crd.connections!;
  const after = connected(fresh, convert!.connect(fresh, service)) as KubernetesObject;
  expect(after).toHaveProperty('spec.conversion', {
    strategy: 'Webhook',
    webhook: { conversionReviewVersions: ['v1'], clientConfig: { service: { namespace: 'x', name: 's' } } },
  });
  expect(convert!.connect(after, service)).toEqual({ refused: 'connect.already' });
});

test('taking references away leaves the others', () => {
  expectDisconnects(crd, certificates);
  expectDisconnects(crd, old);
});

test('summary', () =>
  expect(crd.summary?.(certificates)).toEqual({ fact: 'Backup', detail: 'v2, v1, v1beta1, v1alpha1' }));

test('nothing in a CustomResourceDefinition makes it throw', () => expectTotal(crd, [certificates, old]));

test('the schema accepts a new one', () => expectAccepted(CustomResourceDefinition, crd.newObject('web')));

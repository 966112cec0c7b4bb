import { describe, expect, test } from 'vitest';
import { customReferences } from './custom-references.ts';
import { referenceLines } from './testing/reference-text.ts';

const lines = (spec: object, scope: 'Namespaced' | 'Cluster' = 'Namespaced') =>
  referenceLines(
    customReferences(
      { apiVersion: 'acme.io/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'shop' }, spec: { ...spec } },
      scope,
    ),
  );

describe('a field that ends in a name', () => {
  test.each([
    [{ secretName: 'a' }, 'custom spec.secretName -> Secret/shop/a optional'],
    [{ tlsSecretName: 'a' }, 'custom spec.tlsSecretName -> Secret/shop/a optional'],
    [{ existingSecret: 'a' }, 'custom spec.existingSecret -> Secret/shop/a optional'],
    [{ configMapName: 'a' }, 'custom spec.configMapName -> ConfigMap/shop/a optional'],
    [{ serviceName: 'a' }, 'custom spec.serviceName -> Service/shop/a optional'],
    [{ serviceAccountName: 'a' }, 'custom spec.serviceAccountName -> ServiceAccount/shop/a optional'],
    [{ storage: { claimName: 'a' } }, 'custom spec.storage.claimName -> PersistentVolumeClaim/shop/a optional'],
    [{ storageClassName: 'a' }, 'custom spec.storageClassName -> StorageClass.storage.k8s.io//a optional'],
    [{ priorityClassName: 'a' }, 'custom spec.priorityClassName -> PriorityClass.scheduling.k8s.io//a optional'],
    [{ ingressClassName: 'a' }, 'custom spec.ingressClassName -> IngressClass.networking.k8s.io//a optional'],
    [
      { secretName: 'a', secretNamespace: 'ci' },
      'custom spec.secretName -> Secret/ci/a optional namespace at spec.secretNamespace',
    ],
    [
      { secretName: 'a', namespace: 'ci' },
      'custom spec.secretName -> Secret/ci/a optional namespace at spec.namespace',
    ],
  ])('%o', (spec, line) => expect(lines(spec)).toEqual([line]));
});

describe('a field that ends in Ref', () => {
  test.each([
    [{ secretRef: { name: 'a' } }, 'custom spec.secretRef.name -> Secret/shop/a optional'],
    [
      { passwordSecretRef: { name: 'a', key: 'k' } },
      'custom spec.passwordSecretRef.name -> Secret/shop/a key=k optional',
    ],
    [
      { secretKeySelector: { name: 'a', key: 'k' } },
      'custom spec.secretKeySelector.name -> Secret/shop/a key=k optional',
    ],
    [
      { configMapKeyRef: { name: 'a', key: 'k' } },
      'custom spec.configMapKeyRef.name -> ConfigMap/shop/a key=k optional',
    ],
    [
      { secretRef: { name: 'a', namespace: 'ci' } },
      'custom spec.secretRef.name -> Secret/ci/a optional namespace at spec.secretRef.namespace',
    ],
    [{ imagePullSecrets: [{ name: 'a' }] }, 'custom spec.imagePullSecrets[0].name -> Secret/shop/a optional'],
    [{ caRef: { kind: 'ConfigMap', name: 'a' } }, 'custom spec.caRef.name -> ConfigMap/shop/a optional'],
    [
      { scaleTargetRef: { kind: 'Deployment', name: 'a' } },
      'custom spec.scaleTargetRef.name -> Deployment.apps/shop/a optional',
    ],
    [
      { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'a' }] },
      'custom spec.targetRefs[0].name -> HTTPRoute.gateway.networking.k8s.io/shop/a optional',
    ],
    [
      { sourceRef: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'a' } },
      'custom spec.sourceRef.name -> GitRepository.source.toolkit.fluxcd.io/shop/a optional',
    ],
    [{ poolRef: { kind: 'Pool', name: 'a' } }, 'custom spec.poolRef.name -> Pool.acme.io/shop/a optional'],
    [
      { issuerRef: { kind: 'ClusterIssuer', name: 'a' } },
      'custom spec.issuerRef.name -> ClusterIssuer.acme.io//a optional',
    ],
    [{ nodeRef: { kind: 'Node', name: 'a' } }, 'custom spec.nodeRef.name -> Node//a optional'],
    [{ valuesFrom: [{ kind: 'Secret', name: 'a' }] }, 'custom spec.valuesFrom[0].name -> Secret/shop/a optional'],
  ])('%o', (spec, line) => expect(lines(spec)).toEqual([line]));
});

describe('says nothing', () => {
  test.each([
    [{ name: 'a' }],
    [{ secretName: '' }],
    [{ secretName: 7 }],
    [{ secretName: '{{ .Values.secret }}' }],
    [{ secretName: 'A Secret' }],
    [{ secretRef: 'a' }],
    [{ secretRef: { key: 'k' } }],
    [{ ref: 'main' }],
    [{ owner: { kind: 'Pool', name: 'a' } }],
    [{ resourceClaimName: 'a' }],
    [{ manifest: { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: { serviceAccountName: 'a' } } }],
  ])('%o', (spec) => expect(lines(spec)).toEqual([]));

  test('outside the spec', () => {
    const object = {
      apiVersion: 'acme.io/v1',
      kind: 'Widget',
      metadata: { secretName: 'a' },
      status: { secretName: 'a' },
    };
    expect(customReferences(object, 'Namespaced')).toEqual([]);
  });

  test('of a namespaced object, when the object itself is in no namespace', () =>
    expect(lines({ secretName: 'a', issuerRef: { kind: 'ClusterIssuer', name: 'b' } }, 'Cluster')).toEqual([
      'custom spec.issuerRef.name -> ClusterIssuer.acme.io//b optional',
    ]));
});

test('reads the templates of Pods as those of a Deployment, but nothing in them is demanded', () => {
  const spec = {
    template: {
      spec: {
        nodeSelector: { disk: 'ssd' },
        containers: [{ image: 'web:1', envFrom: [{ configMapRef: { name: 'env' } }] }],
        volumes: [{ name: 'tls', secret: { secretName: 'tls' } }],
      },
    },
  };
  expect(lines(spec)).toEqual([
    'image spec.template.spec.containers[0].image -> image web:1 optional',
    'custom spec.template.spec.containers[0].envFrom[0].configMapRef.name -> ConfigMap/shop/env optional',
    'custom spec.template.spec.volumes[0].secret.secretName -> Secret/shop/tls optional',
    'nodeSelector spec.template.spec.nodeSelector -> Node disk=ssd in all optional',
  ]);
});

test('stops before a bomb does harm', () => {
  let bomb: object = { secretName: 'deep' };
  for (let depth = 0; depth < 20_000; depth++) bomb = { a: bomb };
  expect(lines({ bomb, secretName: 'a' })).toHaveLength(1);
});

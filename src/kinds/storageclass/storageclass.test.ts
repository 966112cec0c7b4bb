import { describe, expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { storageClass } from './storageclass.ts';

const withParameters = (parameters: Record<string, string>, provisioner = 'kubernetes.io/no-provisioner') => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner,
  parameters,
});
const CSI = 'csi.storage.k8s.io/';

test('says what it is', () => expectIdentity(storageClass));

test.each([
  ['csi.example.com', ['csiDriver provisioner -> CSIDriver.storage.k8s.io//csi.example.com']],
  ['kubernetes.io/aws-ebs', ['csiDriver provisioner -> provisioner kubernetes.io/aws-ebs']],
  ['k8s.io/minikube-hostpath', ['csiDriver provisioner -> provisioner k8s.io/minikube-hostpath']],
  ['kubernetes.io/no-provisioner', []],
])('provisioner %s', (provisioner, lines) =>
  expect(referenceLines(storageClass.references(withParameters({}, provisioner)))).toEqual(lines),
);

describe('Secrets of parameters', () => {
  const lines = (parameters: Record<string, string>) =>
    referenceLines(storageClass.references(withParameters(parameters)));
  const pair = (purpose: string, name: string, namespace: string) => ({
    [`${CSI}${purpose}-secret-name`]: name,
    [`${CSI}${purpose}-secret-namespace`]: namespace,
  });

  test.each(['provisioner', 'controller-publish', 'controller-expand', 'node-stage', 'node-publish', 'node-expand'])(
    '%s',
    (purpose) =>
      expect(lines(pair(purpose, 'key', 'storage'))).toEqual([
        `secretReference parameters[${CSI}${purpose}-secret-name] -> Secret/storage/key namespace at parameters[${CSI}${purpose}-secret-namespace]`,
      ]),
  );

  test.each([
    ['a name for each claim', '${pvc.name}', 'storage', 'Secret/storage/${pvc.name} optional'],
    [
      'a namespace for each claim',
      'key',
      '${pvc.namespace}',
      'Secret <none> fields metadata.name in (key) in all optional',
    ],
    [
      'both',
      "${pvc.annotations['a/b']}",
      '${pvc.namespace}',
      "Secret/${pvc.namespace}/${pvc.annotations['a/b']} optional",
    ],
  ])('%s', (_, name, namespace, target) =>
    expect(lines(pair('node-stage', name, namespace))[0]).toContain(`-> ${target}`),
  );

  test.each([
    ['before CSI 1.0', { csiNodeStageSecretName: 'key', csiNodeStageSecretNamespace: 'storage' }, 'storage'],
    ['of rbd', { adminSecretName: 'key', adminSecretNamespace: 'storage' }, 'storage'],
    ['of rbd, where the namespace has a default', { adminSecretName: 'key' }, 'default'],
    ['of glusterfs', { secretName: 'key', secretNamespace: 'storage' }, 'storage'],
  ])('%s', (_, parameters, namespace) => expect(lines(parameters)[0]).toContain(`-> Secret/${namespace}/key`));

  test('half a pair says nothing', () => expect(lines({ [`${CSI}node-stage-secret-name`]: 'key' })).toEqual([]));

  test('can be taken away', () =>
    expectDisconnects(storageClass, withParameters(pair('node-stage', 'key', 'storage'))));
});

const zoned = {
  ...withParameters({}),
  allowedTopologies: [
    {
      matchLabelExpressions: [
        { key: 'zone', values: ['a', 'b'] },
        { key: 'disk', values: ['ssd'] },
      ],
    },
    { matchLabelExpressions: [{ key: 'zone', values: ['c'] }] },
    {},
  ],
};

test('names Nodes by topology', () => {
  expect(referenceLines(storageClass.references(zoned))).toEqual([
    'nodeAffinity allowedTopologies[0] -> Node disk in (ssd),zone in (a,b) in all',
    'nodeAffinity allowedTopologies[1] -> Node zone in (c) in all',
  ]);
  expectDisconnects(storageClass, zoned);
});

test('an arrow to a driver sets the provisioner', () => {
  const driver = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'csi.example.com' } };
  const [connection] = storageClass.connections!;
  expect(connection!.connect(zoned, driver)).toEqual({
    source: [{ op: 'set', path: ['provisioner'], value: 'csi.example.com' }],
  });
  expect(connection!.connect({ ...zoned, provisioner: 'csi.example.com' }, driver)).toEqual({
    refused: 'connect.already',
  });
});

test('shows provisioner, policy, binding and whether it is the default', () => {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  const object = { ...zoned, metadata: { annotations }, reclaimPolicy: 'Retain' };
  expect(storageClass.summary?.(object)).toEqual({
    fact: 'kubernetes.io/no-provisioner',
    detail: 'Retain · Immediate · default',
  });
});

test('reads anything', () => expectTotal(storageClass, [zoned, withParameters({ secretName: 'a' })]));

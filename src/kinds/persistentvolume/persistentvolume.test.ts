import { describe, expect, test } from 'vitest';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { persistentVolume } from './persistentvolume.ts';

const volume = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'pv', ...metadata },
  spec: { ...spec },
});
const secretRef = (name: string, namespace?: string) => ({ name, ...(namespace && { namespace }) });
const claimRef = { namespace: 'shop', name: 'data', uid: 'u1' };

const everything = volume(
  {
    capacity: { storage: '10Gi' },
    accessModes: ['ReadWriteOnce'],
    claimRef,
    storageClassName: 'fast',
    volumeAttributesClassName: 'gold',
    csi: {
      driver: 'csi.example.com',
      controllerPublishSecretRef: secretRef('publish', 'storage'),
      controllerExpandSecretRef: secretRef('expand', 'storage'),
      nodeStageSecretRef: secretRef('stage', 'storage'),
      nodePublishSecretRef: secretRef('node', 'storage'),
      nodeExpandSecretRef: secretRef('node-expand', 'storage'),
    },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] },
          { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['w1'] }] },
        ],
      },
    },
  },
  { annotations: { 'volume.beta.kubernetes.io/storage-class': 'older' } },
);

test('says what it is', () => expectIdentity(persistentVolume));

test('points at its claim, class, driver, Secrets and Nodes', () => {
  const references = persistentVolume.references(everything);
  expect(referenceLines(references)).toEqual([
    'boundClaim spec.claimRef.name -> PersistentVolumeClaim/shop/data namespace at spec.claimRef.namespace',
    'storageClass spec.storageClassName -> StorageClass.storage.k8s.io//fast',
    'volumeAttributesClass spec.volumeAttributesClassName -> VolumeAttributesClass.storage.k8s.io//gold',
    'csiDriver spec.csi.driver -> CSIDriver.storage.k8s.io//csi.example.com',
    'secretReference spec.csi.controllerPublishSecretRef.name -> Secret/storage/publish namespace at spec.csi.controllerPublishSecretRef.namespace',
    'secretReference spec.csi.controllerExpandSecretRef.name -> Secret/storage/expand namespace at spec.csi.controllerExpandSecretRef.namespace',
    'secretReference spec.csi.nodeStageSecretRef.name -> Secret/storage/stage namespace at spec.csi.nodeStageSecretRef.namespace',
    'secretReference spec.csi.nodePublishSecretRef.name -> Secret/storage/node namespace at spec.csi.nodePublishSecretRef.namespace',
    'secretReference spec.csi.nodeExpandSecretRef.name -> Secret/storage/node-expand namespace at spec.csi.nodeExpandSecretRef.namespace',
    'nodeAffinity spec.nodeAffinity.required.nodeSelectorTerms -> Node zone in (a,b) or <none> fields metadata.name in (w1) in all',
    'storageClass metadata.annotations[volume.beta.kubernetes.io/storage-class] -> StorageClass.storage.k8s.io//older',
  ]);
  expect(references[0]?.target).toMatchObject({ uid: 'u1' });
});

describe('a Secret without a namespace', () => {
  test.each(['flexVolume', 'cephfs', 'rbd', 'iscsi', 'cinder', 'scaleIO', 'storageos'])(
    'of %s is beside the claim',
    (source) => {
      const spec = { [source]: { secretRef: { name: 'key' } } };
      expect(referenceLines(persistentVolume.references(volume({ ...spec, claimRef })))).toContain(
        `secretReference spec.${source}.secretRef.name -> Secret/shop/key`,
      );
      // Nobody knows yet where the claim will be.
      expect(referenceLines(persistentVolume.references(volume(spec)))).toEqual([
        `secretReference spec.${source}.secretRef.name -> Secret/default/key optional`,
      ]);
    },
  );

  test.each([
    [{ secretName: 'key' }, 'Secret/default/key optional'],
    [
      { secretName: 'key', secretNamespace: 'storage' },
      'Secret/storage/key namespace at spec.azureFile.secretNamespace',
    ],
  ])('azureFile %o', (azureFile, target) =>
    expect(referenceLines(persistentVolume.references(volume({ azureFile })))).toEqual([
      `secretReference spec.azureFile.secretName -> ${target}`,
    ]),
  );
});

describe('a server', () => {
  test.each([
    ['an address', 'nfs.example.com', 'service nfs.example.com'],
    [
      'a Service of the cluster',
      'nfs.shop.svc.cluster.local',
      'Service/shop/nfs optional as {name}.{namespace}.svc.cluster.local',
    ],
  ])('%s', (_, server, target) =>
    expect(referenceLines(persistentVolume.references(volume({ nfs: { server, path: '/' } })))).toEqual([
      `volume spec.nfs.server -> ${target}`,
    ]),
  );

  test('of a list', () => {
    const object = volume({ cephfs: { monitors: ['10.0.0.1:6789', '10.0.0.2:6789'] } });
    expect(referenceLines(persistentVolume.references(object))).toEqual([
      'volume spec.cephfs.monitors[0] -> service 10.0.0.1:6789',
      'volume spec.cephfs.monitors[1] -> service 10.0.0.2:6789',
    ]);
    expectDisconnects(persistentVolume, object);
  });

  test('glusterfs is found by Endpoints', () =>
    expect(
      referenceLines(
        persistentVolume.references(volume({ glusterfs: { endpoints: 'gluster', endpointsNamespace: 'storage' } })),
      ),
    ).toEqual([
      'volume spec.glusterfs.endpoints -> Endpoints/storage/gluster namespace at spec.glusterfs.endpointsNamespace',
    ]));
});

describe('arrows', () => {
  const find = (kind: string) =>
    persistentVolume.connections!.find(({ to }) => to !== 'podTemplate' && to.kind === kind)!;
  const object = (kind: string, metadata: object, spec = {}) => ({
    apiVersion: 'v1',
    kind,
    metadata: { ...metadata },
    spec,
  });
  const source = volume({ storageClassName: 'manual' });

  test('to a claim keeps the volume for it, and makes the classes agree', () => {
    const claim = object('PersistentVolumeClaim', { name: 'data', namespace: 'shop' });
    expect(find('PersistentVolumeClaim').connect(source, claim)).toEqual({
      source: [
        {
          op: 'set',
          path: ['spec', 'claimRef'],
          value: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
        },
      ],
      target: [{ op: 'set', path: ['spec', 'storageClassName'], value: 'manual' }],
    });
    const agreeing = object(
      'PersistentVolumeClaim',
      { name: 'data', namespace: 'shop' },
      { storageClassName: 'manual' },
    );
    expect(find('PersistentVolumeClaim').connect(source, agreeing)).not.toHaveProperty('target');
    expect(find('PersistentVolumeClaim').connect(volume({ claimRef }), claim)).toEqual({ refused: 'connect.already' });
  });

  test('to a Node puts the volume there', () => {
    const node = object('Node', { name: 'w1', labels: { 'kubernetes.io/hostname': 'worker-1' } });
    const value = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-1'] }] };
    const path = ['spec', 'nodeAffinity', 'required', 'nodeSelectorTerms'];
    expect(find('Node').connect(source, node)).toEqual({ source: [{ op: 'append', path, value }] });
    const placed = volume({ nodeAffinity: { required: { nodeSelectorTerms: [value] } } });
    expect(find('Node').connect(placed, node)).toEqual({ refused: 'connect.already' });
  });

  test('to a class', () =>
    expect(find('StorageClass').connect(source, object('StorageClass', { name: 'fast' }))).toMatchObject({
      source: [{ value: 'fast' }],
    }));
});

describe('taking away', () => {
  test('each reference alone', () => expectDisconnects(persistentVolume, everything));
  test('a local volume keeps its Nodes', () => {
    const local = volume({ ...everything.spec, csi: undefined, local: { path: '/mnt' } });
    const reference = persistentVolume.references(local).find(({ type }) => type === 'nodeAffinity')!;
    expect(applyEdits(local, persistentVolume.disconnect!(local, reference))).toBe('refused: disconnect.required');
  });
});

test.each([
  [everything, { fact: '10Gi · RWO', detail: 'csi csi.example.com' }],
  [persistentVolume.newObject('pv'), { fact: '1Gi · RWO', detail: 'hostPath /mnt/data' }],
  [volume({}), { fact: '' }],
])('summary %#', (object, summary) => expect(persistentVolume.summary?.(object)).toEqual(summary));

test('reads anything', () =>
  expectTotal(persistentVolume, [everything, volume({ rbd: { monitors: ['a'], secretRef: {} } })]));

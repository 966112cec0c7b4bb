import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { volumeAttachment } from './volumeattachment.ts';

const sample = (source: object) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'VolumeAttachment',
  metadata: { name: 'csi-1' },
  spec: { attacher: 'csi.example.com', nodeName: 'w1', source: { ...source } },
});
const inline = sample({
  inlineVolumeSpec: { csi: { driver: 'csi.example.com', nodeStageSecretRef: { name: 'key', namespace: 'storage' } } },
});

test('says what it is', () => expectIdentity(volumeAttachment));

test('joins a volume to a Node', () =>
  expect(referenceLines(volumeAttachment.references(sample({ persistentVolumeName: 'pv-1' })))).toEqual([
    'csiDriver spec.attacher -> CSIDriver.storage.k8s.io//csi.example.com',
    'node spec.nodeName -> Node//w1',
    'attachment spec.source.persistentVolumeName -> PersistentVolume//pv-1',
  ]));

test('a volume written inside points at what a PersistentVolume would', () =>
  expect(referenceLines(volumeAttachment.references(inline))).toContain(
    'secretReference spec.source.inlineVolumeSpec.csi.nodeStageSecretRef.name -> Secret/storage/key namespace at spec.source.inlineVolumeSpec.csi.nodeStageSecretRef.namespace',
  ));

test('shows who attaches', () => expect(volumeAttachment.summary?.(inline)).toEqual({ fact: 'csi.example.com' }));

test('reads anything', () => expectTotal(volumeAttachment, [inline, sample({ persistentVolumeName: 'pv-1' })]));

import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CSI_DRIVER, NODE, PERSISTENT_VOLUME } from '../shared/core-kinds.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { volumeSpecReferences } from '../shared/volume-spec.ts';

/** storage.k8s.io/v1 VolumeAttachment: the order to attach a volume to a Node, written by the attach-detach controller. */
export const volumeAttachment: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  resource: 'volumeattachments',
  shortNames: [],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: [
    { group: 'storage.k8s.io', version: 'v1beta1' },
    { group: 'storage.k8s.io', version: 'v1alpha1' },
  ],
  newObject: (name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: newMetadata(name),
    spec: { attacher: 'csi.example.com', nodeName: 'node-1', source: { persistentVolumeName: name } },
  }),
  references,
  // Its spec cannot change and needs every part of it.
  disconnect: () => ({ refused: 'disconnect.required' }),
  summary: (object) => ({ fact: stringAt(object, 'spec', 'attacher') ?? '' }),
  fields: ['spec.attacher', 'spec.nodeName', 'spec.source.persistentVolumeName'],
};

function references(object: JsonObject): readonly Reference[] {
  const cluster = { namespace: '' };
  return [
    ...nameReference(object, 'csiDriver', ['spec', 'attacher'], { ...CSI_DRIVER, ...cluster }),
    ...nameReference(object, 'node', ['spec', 'nodeName'], { ...NODE, ...cluster }),
    ...nameReference(object, 'attachment', ['spec', 'source', 'persistentVolumeName'], {
      ...PERSISTENT_VOLUME,
      ...cluster,
    }),
    ...volumeSpecReferences(object, ['spec', 'source', 'inlineVolumeSpec']),
  ];
}

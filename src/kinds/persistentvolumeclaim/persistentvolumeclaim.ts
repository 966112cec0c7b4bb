import type { JsonObject, Path } from '../../base/json.ts';
import { nameAt, stringAt, valueAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { claimAnnotationReferences, claimSpecReferences } from '../shared/claim-spec.references.ts';
import { CSI_DRIVER, NODE } from '../shared/core-kinds.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { accessModes, isCsiDriverName } from '../shared/volume-words.ts';
import { claimConnections, disconnectClaim } from './persistentvolumeclaim.editing.ts';

/** core/v1 PersistentVolumeClaim. */
export const persistentVolumeClaim: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  resource: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  scope: 'Namespaced',
  category: 'storage',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: newMetadata(name, namespace),
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }),
  references,
  connections: claimConnections,
  disconnect: disconnectClaim,
  summary: (object) => {
    const words = [stringAt(object, 'spec', 'resources', 'requests', 'storage'), accessModes(object)];
    return { fact: words.filter(Boolean).join(' · ') };
  },
  fields: [
    'spec.resources.requests.storage',
    'spec.accessModes',
    'spec.storageClassName',
    'spec.volumeMode',
    'spec.volumeName',
    'spec.dataSource',
    'spec.dataSourceRef',
    'spec.selector',
    'spec.volumeAttributesClassName',
  ],
};

const PROVISIONERS = ['volume.kubernetes.io/storage-provisioner', 'volume.beta.kubernetes.io/storage-provisioner'];
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

const annotation = (key: string): Path => ['metadata', 'annotations', key];

function references(object: JsonObject): readonly Reference[] {
  return [
    ...claimSpecReferences(valueAt(object, 'spec'), ['spec'], namespaceOrDefault(object)),
    ...claimAnnotationReferences(valueAt(object, 'metadata'), ['metadata']),
    // Written by the scheduler and the volume binder while a claim is being provisioned.
    ...nameReference(object, 'node', annotation(SELECTED_NODE), { ...NODE, namespace: '' }),
    ...PROVISIONERS.flatMap((key) => provisionerReference(object, annotation(key))),
  ];
}

function provisionerReference(object: JsonObject, field: Path): readonly Reference[] {
  return isCsiDriverName(nameAt(object, ...field) ?? '')
    ? nameReference(object, 'csiDriver', field, { ...CSI_DRIVER, namespace: '' })
    : [];
}

import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, asName, nameAt, valueAt } from '../../base/json.ts';
import type { Reference } from '../reference.ts';
import { CSI_DRIVER, PERSISTENT_VOLUME_CLAIM, SECRET, STORAGE_CLASS, VOLUME_ATTRIBUTES_CLASS } from './core-kinds.ts';
import { nameReference, namespacedReference, referenceTo } from './name-reference.ts';
import { nodeSelectorTerms, nodesMatching } from './node-selector.ts';
import { serviceOfHost } from './service-dns.ts';

/**
 * The spec of a PersistentVolume, which stands in the volume and in a VolumeAttachment (`source.inlineVolumeSpec`).
 * `path` is that of the spec in the object. Source: core/v1 PersistentVolumeSpec, 1.36.
 */
export function volumeSpecReferences(object: JsonObject, path: Path): readonly Reference[] {
  const cluster = { namespace: '' };
  return [
    ...claimReference(object, [...path, 'claimRef']),
    ...nameReference(object, 'storageClass', [...path, 'storageClassName'], { ...STORAGE_CLASS, ...cluster }),
    ...nameReference(object, 'volumeAttributesClass', [...path, 'volumeAttributesClassName'], {
      ...VOLUME_ATTRIBUTES_CLASS,
      ...cluster,
    }),
    ...nameReference(object, 'csiDriver', [...path, 'csi', 'driver'], { ...CSI_DRIVER, ...cluster }),
    ...secretReferences(object, path),
    ...glusterReference(object, path),
    ...SERVERS.flatMap((server) => serverReferences(object, [...path, ...server])),
    ...nodeReferences(object, [...path, 'nodeAffinity', 'required', 'nodeSelectorTerms']),
  ];
}

function claimReference(object: JsonObject, path: Path): readonly Reference[] {
  const target = { ...PERSISTENT_VOLUME_CLAIM, defaultNamespace: DEFAULT_NAMESPACE };
  return namespacedReference(object, 'boundClaim', path, target, { uid: nameAt(object, ...path, 'uid') });
}

const SECRET_FIELDS: readonly Path[] = [
  ['csi', 'controllerPublishSecretRef'],
  ['csi', 'controllerExpandSecretRef'],
  ['csi', 'nodeStageSecretRef'],
  ['csi', 'nodePublishSecretRef'],
  ['csi', 'nodeExpandSecretRef'],
  ['flexVolume', 'secretRef'],
  ['cephfs', 'secretRef'],
  ['rbd', 'secretRef'],
  ['iscsi', 'secretRef'],
  ['cinder', 'secretRef'],
  ['scaleIO', 'secretRef'],
  ['storageos', 'secretRef'],
];

/**
 * Without a namespace the Secret is looked up beside the claim. Until the volume is bound nobody knows where that is,
 * so the Secret is not called missing. Source: pkg/volume/{flexvolume,cephfs,rbd,iscsi,…}, 1.36.
 */
function secretReferences(object: JsonObject, path: Path): readonly Reference[] {
  const claimNamespace = nameAt(object, ...path, 'claimRef', 'namespace');
  const target = { ...SECRET, defaultNamespace: claimNamespace ?? DEFAULT_NAMESPACE };
  return [
    ...SECRET_FIELDS.flatMap((steps) => namespacedReference(object, 'secretReference', [...path, ...steps], target)),
    ...azureFileReference(object, [...path, 'azureFile'], target.defaultNamespace),
  ].map((reference) =>
    claimNamespace === undefined && !reference.namespaceField ? { ...reference, optional: true } : reference,
  );
}

function azureFileReference(object: JsonObject, path: Path, defaultNamespace: string): readonly Reference[] {
  const namespaceField = [...path, 'secretNamespace'];
  const written = nameAt(object, ...namespaceField);
  const target = { ...SECRET, namespace: written ?? defaultNamespace };
  return nameReference(
    object,
    'secretReference',
    [...path, 'secretName'],
    target,
    written === undefined ? {} : { namespaceField },
  );
}

function glusterReference(object: JsonObject, path: Path): readonly Reference[] {
  const namespaceField = [...path, 'glusterfs', 'endpointsNamespace'];
  const written = nameAt(object, ...namespaceField);
  const namespace = written ?? nameAt(object, ...path, 'claimRef', 'namespace') ?? DEFAULT_NAMESPACE;
  const details = written === undefined ? { optional: true as const } : { namespaceField };
  return nameReference(
    object,
    'volume',
    [...path, 'glusterfs', 'endpoints'],
    { group: '', kind: 'Endpoints', namespace },
    details,
  );
}

/** Fields that name a server, or a list of servers. */
const SERVERS: readonly Path[] = [
  ['nfs', 'server'],
  ['cephfs', 'monitors'],
  ['rbd', 'monitors'],
  ['iscsi', 'targetPortal'],
  ['iscsi', 'portals'],
  ['scaleIO', 'gateway'],
  ['quobyte', 'registry'],
];

function serverReferences(object: JsonObject, field: Path): readonly Reference[] {
  const value = valueAt(object, ...field);
  if (!Array.isArray(value)) return serverReference(value, field);
  return value.flatMap((server, index) => serverReference(server, [...field, index]));
}

/** The node mounts the volume, and may not ask the cluster's DNS: a Service named here is a hope, not a must. */
function serverReference(value: unknown, field: Path): readonly Reference[] {
  const server = asName(value);
  if (server === undefined) return [];
  const service = serviceOfHost(server);
  if (!service) return [{ type: 'volume', field, target: { by: 'external', what: 'service', value: server } }];
  const { namespace, name, format } = service;
  const target = { group: '', kind: 'Service', namespace, name };
  return [referenceTo('volume', field, target, { optional: true, nameFormat: format })];
}

function nodeReferences(object: JsonObject, field: Path): readonly Reference[] {
  const terms = nodeSelectorTerms(arrayAt(object, ...field));
  return terms.length === 0 ? [] : [{ type: 'nodeAffinity', field, target: nodesMatching(terms) }];
}

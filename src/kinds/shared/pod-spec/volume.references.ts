import { EVERYTHING, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asName, asObject, objectAt, valueAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import { claimAnnotationReferences, claimSpecReferences } from '../claim-spec.references.ts';
import {
  clusterScoped,
  configMapIn,
  optionalWhen,
  referenceByName,
  referenceToOutside,
  secretIn,
} from '../written-reference.ts';
import type { NamedKind } from '../name-reference.ts';

/**
 * What a volume of a Pod points at. Secrets that a Pod's volume names are in the Pod's own namespace, unlike those of
 * a PersistentVolume. Source: core/v1 VolumeSource, 1.36.
 */
export function volumeReferences(volume: JsonObject, path: Path, namespace: string): readonly Reference[] {
  return [
    ...configurationReferences(volume, path, namespace),
    ...referenceByName(
      'claim',
      valueAt(volume, 'persistentVolumeClaim', 'claimName'),
      [...path, 'persistentVolumeClaim', 'claimName'],
      { group: '', kind: 'PersistentVolumeClaim', namespace },
    ),
    ...arrayAt(volume, 'projected', 'sources').flatMap((source, index) =>
      projectionReferences(source, [...path, 'projected', 'sources', index], namespace),
    ),
    ...ephemeralReferences(volume, [...path, 'ephemeral', 'volumeClaimTemplate'], namespace),
    ...driverReferences(volume, path, namespace),
    ...SECRET_FIELDS.flatMap((steps) =>
      referenceByName('secretReference', valueAt(volume, ...steps), [...path, ...steps], secretIn(namespace)),
    ),
    ...referenceByName('volume', valueAt(volume, 'glusterfs', 'endpoints'), [...path, 'glusterfs', 'endpoints'], {
      group: '',
      kind: 'Endpoints',
      namespace,
    }),
    ...serverReferences(volume, path),
    ...referenceToOutside('image', valueAt(volume, 'image', 'reference'), [...path, 'image', 'reference'], 'image'),
  ];
}

/** Fields of volume sources that name a Secret. */
const SECRET_FIELDS: readonly Path[] = [
  ['csi', 'nodePublishSecretRef', 'name'],
  ['flexVolume', 'secretRef', 'name'],
  ['azureFile', 'secretName'],
  ['cephfs', 'secretRef', 'name'],
  ['rbd', 'secretRef', 'name'],
  ['iscsi', 'secretRef', 'name'],
  ['cinder', 'secretRef', 'name'],
  ['scaleIO', 'secretRef', 'name'],
  ['storageos', 'secretRef', 'name'],
];

function configurationReferences(volume: JsonObject, path: Path, namespace: string): readonly Reference[] {
  const configMap = objectAt(volume, 'configMap');
  const secret = objectAt(volume, 'secret');
  return [
    ...entryReferences('volume', configMap, [...path, 'configMap'], 'name', configMapIn(namespace)),
    ...entryReferences('volume', secret, [...path, 'secret'], 'secretName', secretIn(namespace)),
  ];
}

/** A whole ConfigMap or Secret, or one reference for each key that `items` names. */
function entryReferences(
  type: 'volume' | 'projectedVolume',
  source: JsonObject | undefined,
  path: Path,
  nameField: string,
  target: NamedKind,
): readonly Reference[] {
  const optional = optionalWhen(valueAt(source, 'optional'));
  const keys = arrayAt(source, 'items').flatMap((item) => asName(valueAt(item, 'key')) ?? []);
  const extras = keys.length === 0 ? [optional] : [...new Set(keys)].map((key) => ({ ...optional, key }));
  return extras.flatMap((extra) =>
    referenceByName(type, valueAt(source, nameField), [...path, nameField], target, extra),
  );
}

function projectionReferences(source: unknown, path: Path, namespace: string): readonly Reference[] {
  const configMap = objectAt(source, 'configMap');
  const secret = objectAt(source, 'secret');
  return [
    ...entryReferences('projectedVolume', configMap, [...path, 'configMap'], 'name', configMapIn(namespace)),
    ...entryReferences('projectedVolume', secret, [...path, 'secret'], 'name', secretIn(namespace)),
    ...trustBundleReferences(objectAt(source, 'clusterTrustBundle'), [...path, 'clusterTrustBundle']),
  ];
}

/** A bundle by name, or all bundles of a signer that a selector matches; a missing selector matches none. */
function trustBundleReferences(source: JsonObject | undefined, path: Path): readonly Reference[] {
  const optional = optionalWhen(valueAt(source, 'optional'));
  const name = asName(valueAt(source, 'name'));
  const bundle = clusterScoped('certificates.k8s.io', 'ClusterTrustBundle');
  if (name !== undefined) return referenceByName('projectedVolume', name, [...path, 'name'], bundle, optional);
  const signer = asName(valueAt(source, 'signerName'));
  const labels = parseLabelSelector(valueAt(source, 'labelSelector'));
  if (signer === undefined || labels.nothing) return [];
  const fields: LabelSelector = {
    ...EVERYTHING,
    requirements: [{ key: 'spec.signerName', operator: 'In', values: [signer], sign: '=' }],
  };
  const target = {
    by: 'objects',
    group: bundle.group,
    kind: bundle.kind,
    namespaces: 'all',
    anyOf: [{ labels, fields }],
  } as const;
  return [{ type: 'projectedVolume', field: [...path, 'labelSelector'], target, ...optional }];
}

function ephemeralReferences(volume: JsonObject, path: Path, namespace: string): readonly Reference[] {
  const template = objectAt(volume, 'ephemeral', 'volumeClaimTemplate');
  return [
    ...claimAnnotationReferences(valueAt(template, 'metadata'), [...path, 'metadata']),
    ...claimSpecReferences(valueAt(template, 'spec'), [...path, 'spec'], namespace),
  ];
}

const SECRETS_STORE_DRIVER = 'secrets-store.csi.k8s.io';

function driverReferences(volume: JsonObject, path: Path, namespace: string): readonly Reference[] {
  const csi = objectAt(volume, 'csi');
  const driver = valueAt(csi, 'driver');
  const field = [...path, 'csi', 'driver'];
  const references = referenceByName('csiDriver', driver, field, clusterScoped('storage.k8s.io', 'CSIDriver'));
  if (driver !== SECRETS_STORE_DRIVER) return references;
  return [
    ...references,
    ...referenceByName(
      'custom',
      valueAt(csi, 'volumeAttributes', 'secretProviderClass'),
      [...path, 'csi', 'volumeAttributes', 'secretProviderClass'],
      { group: 'secrets-store.csi.x-k8s.io', kind: 'SecretProviderClass', namespace },
    ),
  ];
}

/** Fields of volume sources that name a server: one name, or a list of them. */
const SERVER_FIELDS: readonly (readonly [string, string])[] = [
  ['nfs', 'server'],
  ['cephfs', 'monitors'],
  ['rbd', 'monitors'],
  ['iscsi', 'targetPortal'],
  ['iscsi', 'portals'],
  ['scaleIO', 'gateway'],
  ['quobyte', 'registry'],
];

function serverReferences(volume: JsonObject, path: Path): readonly Reference[] {
  const servers = SERVER_FIELDS.flatMap(([source, name]) => {
    const value = valueAt(asObject(volume[source]), name);
    const field = [...path, source, name];
    if (!Array.isArray(value)) return referenceToOutside('volume', value, field, 'service');
    return value.flatMap((server, index) => referenceToOutside('volume', server, [...field, index], 'service'));
  });
  const repository = valueAt(volume, 'gitRepo', 'repository');
  return [...servers, ...referenceToOutside('volume', repository, [...path, 'gitRepo', 'repository'], 'url')];
}

import { isEmptySelector, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { Path } from '../../base/json.ts';
import { asName, asObject, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Reference } from '../reference.ts';
import { clusterScoped, referenceByName } from './written-reference.ts';

/**
 * What the spec of a PersistentVolumeClaim points at, wherever it stands: in a claim, in a template of a StatefulSet
 * or in an ephemeral volume. `storageClassName: ""` means no class. Source: core/v1 PersistentVolumeClaimSpec, 1.36.
 */
export function claimSpecReferences(value: unknown, path: Path, namespace: string): readonly Reference[] {
  const spec = asObject(value);
  if (!spec) return [];
  return [
    ...referenceByName('storageClass', spec['storageClassName'], [...path, 'storageClassName'], STORAGE_CLASS),
    ...referenceByName(
      'volumeAttributesClass',
      spec['volumeAttributesClassName'],
      [...path, 'volumeAttributesClassName'],
      clusterScoped('storage.k8s.io', 'VolumeAttributesClass'),
    ),
    ...referenceByName('boundVolume', spec['volumeName'], [...path, 'volumeName'], PERSISTENT_VOLUME),
    ...volumeSelectorReferences(spec['selector'], [...path, 'selector']),
    ...dataSourceReferences(spec['dataSource'], [...path, 'dataSource'], namespace),
    ...dataSourceReferences(spec['dataSourceRef'], [...path, 'dataSourceRef'], namespace),
  ];
}

export const STORAGE_CLASS = clusterScoped('storage.k8s.io', 'StorageClass');
const PERSISTENT_VOLUME = clusterScoped('', 'PersistentVolume');

function volumeSelectorReferences(value: unknown, field: Path): readonly Reference[] {
  const labels = parseLabelSelector(asObject(value));
  if (labels.nothing || isEmptySelector(labels)) return [];
  const target = {
    by: 'objects',
    group: '',
    kind: 'PersistentVolume',
    namespaces: 'all',
    anyOf: [{ labels }],
  } as const;
  return [{ type: 'volumeSelector', field, target }];
}

function dataSourceReferences(value: unknown, path: Path, namespace: string): readonly Reference[] {
  const source = asObject(value);
  const kind = asName(valueAt(source, 'kind'));
  if (!source || kind === undefined) return [];
  const group = stringAt(source, 'apiGroup') ?? '';
  const written = asName(source['namespace']);
  const target = { group, kind, namespace: written ?? namespace };
  const extra = written === undefined ? undefined : { namespaceField: [...path, 'namespace'] };
  return referenceByName('dataSource', source['name'], [...path, 'name'], target, extra);
}

/** The class that was written as an annotation before `storageClassName` existed. */
export function claimAnnotationReferences(metadata: unknown, path: Path): readonly Reference[] {
  const annotations = objectAt(metadata, 'annotations');
  const field = [...path, 'annotations', STORAGE_CLASS_ANNOTATION];
  return referenceByName('storageClass', valueAt(annotations, STORAGE_CLASS_ANNOTATION), field, STORAGE_CLASS);
}

const STORAGE_CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

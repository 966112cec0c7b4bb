import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { fillIn, fillInText, updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { defaultVolumeSources } from '../shared/persistent-volume/volume-spec.defaults.ts';
import { nodeSelectorTermWarnings } from '../shared/pod-spec/warnings/node-labels.ts';
import { pointerAt, textAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateVolume, validateVolumeUpdate } from './persistentvolume.validation.ts';

/** Source: pkg/registry/core/persistentvolume/strategy.go and pkg/apis/core/v1/defaults.go, 1.36. */
export const persistentVolumeStrategy: KindStrategy = {
  group: '',
  kind: 'PersistentVolume',
  hasStatus: true,
  hasGeneration: false,
  setDefaults,
  prepareForCreate: (object) => ({ ...object, status: { phase: 'Pending' } }),
  prepareForUpdate: (object, old) => {
    const status = valueAt(old, 'status');
    return status === undefined ? omit(object, 'status') : { ...object, status };
  },
  validate: validateVolume,
  validateUpdate: validateVolumeUpdate,
  warnings: volumeWarnings,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  const withSpec = updateStruct(object, 'spec', (spec) =>
    defaultVolumeSources(
      fillIn(fillInText(spec, { persistentVolumeReclaimPolicy: 'Retain' }), { volumeMode: 'Filesystem' }),
    ),
  );
  return updateStruct(withSpec, 'status', (status) => fillInText(status, { phase: 'Pending' }));
}

const DEPRECATED_ANNOTATIONS = [
  ['volume.beta.kubernetes.io/storage-class', 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ['volume.beta.kubernetes.io/mount-options', 'deprecated since v1.31; use "mountOptions" attribute instead'],
] as const;
/** Sources that do nothing any more: field, name in the warning, words. */
const DEPRECATED_SOURCES = [
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
] as const;
const RECYCLE =
  'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** Source: pkg/api/persistentvolume/util.go, 1.36. */
function volumeWarnings(object: KubernetesObject): readonly string[] {
  const annotations = annotationsOf(object);
  const spec = valueAt(object, 'spec');
  const terms = ValidationPath.of('spec', 'nodeAffinity', 'required', 'nodeSelectorTerms');
  return [
    ...DEPRECATED_ANNOTATIONS.filter(([key]) => annotations.has(key)).map(
      ([key, words]) => `metadata.annotations[${key}]: ${words}`,
    ),
    ...(textAt(spec, 'persistentVolumeReclaimPolicy') === 'Recycle'
      ? [`spec.persistentVolumeReclaimPolicy: ${RECYCLE}`]
      : []),
    ...arrayAt(spec, 'nodeAffinity', 'required', 'nodeSelectorTerms').flatMap((term, index) =>
      nodeSelectorTermWarnings(term, terms.index(index), false),
    ),
    ...DEPRECATED_SOURCES.filter(([field]) => pointerAt(spec, field) !== undefined).map(
      ([, name, words]) => `spec.${name}: ${words}`,
    ),
  ];
}

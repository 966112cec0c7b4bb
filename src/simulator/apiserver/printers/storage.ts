import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { ageOf, textOf } from './cells.ts';
import type { TablePrinter } from './printer.ts';

const MODES: readonly (readonly [mode: string, short: string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

/** `RWO,RWX`. Source: pkg/apis/core/helper/helpers.go `GetAccessModesAsString`, 1.36. */
function accessModes(object: KubernetesObject, part: 'spec' | 'status'): string {
  const modes = arrayAt(object, part, 'accessModes');
  return MODES.filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

function className(object: KubernetesObject): string {
  const beta = annotationsOf(object).get('volume.beta.kubernetes.io/storage-class');
  return beta ?? stringAt(object, 'spec', 'storageClassName') ?? '';
}

function phase(object: KubernetesObject): string {
  return isBeingDeleted(object) ? 'Terminating' : (stringAt(object, 'status', 'phase') ?? '');
}

const persistentVolume: TablePrinter = {
  group: '',
  kind: 'PersistentVolume',
  columns: [
    'Name',
    'Capacity',
    'Access Modes',
    'Reclaim Policy',
    'Status',
    'Claim',
    'StorageClass',
    'VolumeAttributesClass',
    'Reason',
    'Age',
    '+VolumeMode',
  ],
  cells(object, options) {
    const claim = objectAt(object, 'spec', 'claimRef');
    return [
      nameOf(object),
      textOf(valueAt(object, 'spec', 'capacity', 'storage'), '0'),
      accessModes(object, 'spec'),
      stringAt(object, 'spec', 'persistentVolumeReclaimPolicy') ?? '',
      phase(object),
      claim === undefined ? '' : `${stringAt(claim, 'namespace') ?? ''}/${stringAt(claim, 'name') ?? ''}`,
      className(object),
      stringAt(object, 'spec', 'volumeAttributesClassName') ?? '<unset>',
      stringAt(object, 'status', 'reason') ?? '',
      ageOf(object, options),
      stringAt(object, 'spec', 'volumeMode') ?? '<unset>',
    ];
  },
};

const persistentVolumeClaim: TablePrinter = {
  group: '',
  kind: 'PersistentVolumeClaim',
  columns: [
    'Name',
    'Status',
    'Volume',
    'Capacity',
    'Access Modes',
    'StorageClass',
    'VolumeAttributesClass',
    'Age',
    '+VolumeMode',
  ],
  cells(object, options) {
    const volume = nameAt(object, 'spec', 'volumeName');
    return [
      nameOf(object),
      phase(object),
      volume ?? '',
      volume === undefined ? '' : textOf(valueAt(object, 'status', 'capacity', 'storage'), '0'),
      volume === undefined ? '' : accessModes(object, 'status'),
      className(object),
      stringAt(object, 'spec', 'volumeAttributesClassName') ?? '<unset>',
      ageOf(object, options),
      stringAt(object, 'spec', 'volumeMode') ?? '<unset>',
    ];
  },
};

const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

const storageClass: TablePrinter = {
  group: 'storage.k8s.io',
  kind: 'StorageClass',
  columns: ['Name', 'Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion', 'Age'],
  cells(object, options) {
    const isDefault = DEFAULT_CLASS.some((key) => annotationsOf(object).get(key) === 'true');
    return [
      isDefault ? `${nameOf(object)} (default)` : nameOf(object),
      stringAt(object, 'provisioner') ?? '',
      stringAt(object, 'reclaimPolicy') ?? 'Delete',
      stringAt(object, 'volumeBindingMode') ?? 'Immediate',
      booleanAt(object, 'allowVolumeExpansion') ?? false,
      ageOf(object, options),
    ];
  },
};

const volumeAttachment: TablePrinter = {
  group: 'storage.k8s.io',
  kind: 'VolumeAttachment',
  columns: ['Name', 'Attacher', 'PV', 'Node', 'Attached', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    stringAt(object, 'spec', 'attacher') ?? '',
    stringAt(object, 'spec', 'source', 'persistentVolumeName') ?? '',
    stringAt(object, 'spec', 'nodeName') ?? '',
    booleanAt(object, 'status', 'attached') ?? false,
    ageOf(object, options),
  ],
};

const csiNode: TablePrinter = {
  group: 'storage.k8s.io',
  kind: 'CSINode',
  columns: ['Name', 'Drivers', 'Age'],
  cells: (object, options) => [nameOf(object), arrayAt(object, 'spec', 'drivers').length, ageOf(object, options)],
};

const csiDriver: TablePrinter = {
  group: 'storage.k8s.io',
  kind: 'CSIDriver',
  columns: [
    'Name',
    'AttachRequired',
    'PodInfoOnMount',
    'StorageCapacity',
    'TokenRequests',
    'RequiresRepublish',
    'Modes',
    'Age',
  ],
  cells(object, options) {
    const modes = arrayAt(object, 'spec', 'volumeLifecycleModes').map(String).join(',');
    const tokens = valueAt(object, 'spec', 'tokenRequests');
    return [
      nameOf(object),
      booleanAt(object, 'spec', 'attachRequired') ?? true,
      booleanAt(object, 'spec', 'podInfoOnMount') ?? false,
      booleanAt(object, 'spec', 'storageCapacity') ?? false,
      Array.isArray(tokens) ? tokens.map((token) => stringAt(token, 'audience') ?? '').join(',') : '<unset>',
      booleanAt(object, 'spec', 'requiresRepublish') ?? false,
      modes === '' ? '<none>' : modes,
      ageOf(object, options),
    ];
  },
};

const csiStorageCapacity: TablePrinter = {
  group: 'storage.k8s.io',
  kind: 'CSIStorageCapacity',
  columns: ['Name', 'StorageClassName', 'Capacity'],
  cells: (object) => [
    nameOf(object),
    stringAt(object, 'storageClassName') ?? '',
    textOf(valueAt(object, 'capacity'), '<unset>'),
  ],
};

const volumeAttributesClass: TablePrinter = {
  group: 'storage.k8s.io',
  kind: 'VolumeAttributesClass',
  columns: ['Name', 'DriverName', 'Age'],
  cells(object, options) {
    const isDefault =
      annotationsOf(object).get('volumeattributesclass.alpha.kubernetes.io/is-default-class') === 'true';
    return [
      isDefault ? `${nameOf(object)} (default)` : nameOf(object),
      stringAt(object, 'driverName') ?? '',
      ageOf(object, options),
    ];
  },
};

export const STORAGE: readonly TablePrinter[] = [
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
  volumeAttachment,
  csiNode,
  csiDriver,
  csiStorageCapacity,
  volumeAttributesClass,
];

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import { byteLength } from '../../../apimachinery/utf8.ts';
import { inclusiveRangeMessage } from '../../../apimachinery/validation-messages.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import * as cloud from '../pod-spec/validation/volume-sources/cloud-sources.ts';
import { validateHostPath } from '../pod-spec/validation/volume-sources/file-sources.ts';
import * as network from '../pod-spec/validation/volume-sources/network-sources.ts';
import { validateCsiDriverName } from '../validation/csi-driver-name.ts';
import { NONE, integerAt, isTrueAt, pointerAt, requireText, textAt } from '../validation/fields.ts';
import { validateDnsLabel, validateDnsSubdomain } from '../validation/messages.ts';
import { validateNoBacksteps } from '../validation/paths.ts';

/** Sources of PersistentVolumes where they differ from those of Pods. Source: pkg/apis/core/validation/validation.go, 1.36. */
type Validate = (source: JsonValue, path: ValidationPath, volumeName: string) => readonly FieldError[];

export interface VolumeSource {
  readonly field: string;
  /** How the server calls the field in errors, where it does not use its name: as a second source, and else. */
  readonly secondName?: string;
  readonly name?: string;
  readonly validate: Validate;
  /** Whether mount options in an annotation are let pass. Source: pkg/volume/validation/pv_validation.go, 1.36. */
  readonly takesMountOptions?: true;
}

/** In the order in which the server looks at them. */
export const VOLUME_SOURCES: readonly VolumeSource[] = [
  { field: 'hostPath', validate: validateHostPath },
  {
    field: 'gcePersistentDisk',
    name: 'persistentDisk',
    validate: cloud.validateGcePersistentDisk,
    takesMountOptions: true,
  },
  { field: 'awsElasticBlockStore', validate: cloud.validateAwsElasticBlockStore, takesMountOptions: true },
  { field: 'glusterfs', validate: validateGlusterfs, takesMountOptions: true },
  { field: 'flocker', validate: network.validateFlocker },
  { field: 'nfs', validate: network.validateNfs, takesMountOptions: true },
  { field: 'rbd', validate: network.validateRbd, takesMountOptions: true },
  { field: 'quobyte', validate: network.validateQuobyte, takesMountOptions: true },
  { field: 'cephfs', secondName: 'cephFS', validate: network.validateCephfs, takesMountOptions: true },
  { field: 'iscsi', validate: validateIscsi, takesMountOptions: true },
  { field: 'cinder', validate: withSecret(cloud.validateCinder), takesMountOptions: true },
  { field: 'fc', validate: network.validateFc },
  { field: 'flexVolume', validate: cloud.validateFlexVolume },
  { field: 'azureFile', validate: validateAzureFile, takesMountOptions: true },
  { field: 'vsphereVolume', validate: cloud.validateVsphereVolume, takesMountOptions: true },
  { field: 'photonPersistentDisk', validate: cloud.validatePhotonPersistentDisk, takesMountOptions: true },
  { field: 'portworxVolume', validate: cloud.validatePortworxVolume },
  { field: 'azureDisk', validate: cloud.validateAzureDisk, takesMountOptions: true },
  { field: 'scaleIO', validate: cloud.validateScaleIo },
  { field: 'local', validate: validateLocal },
  { field: 'storageos', validate: withSecret(cloud.validateStorageos) },
  { field: 'csi', validate: validateCsi },
];

function validateGlusterfs(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const errors = network.validateGlusterfs(source, path);
  if (pointerAt(source, 'endpointsNamespace') === undefined) return errors;
  const namespace = textAt(source, 'endpointsNamespace');
  const namespacePath = path.child('endpointsNamespace');
  if (namespace !== '') return [...errors, ...validateDnsLabel(namespace, namespacePath)];
  const detail = 'if the endpointnamespace is set, it must be a valid namespace name';
  return [...errors, invalid(namespacePath, namespace, detail)];
}

/** The Secret of a volume is in a namespace, which has to be said. */
function withSecret(validate: (source: JsonValue, path: ValidationPath) => readonly FieldError[]): Validate {
  return (source, path) => {
    const errors = validate(source, path);
    const hasSecret = pointerAt(source, 'secretRef') !== undefined;
    if (!hasSecret || textAt(source, 'secretRef', 'namespace') !== '') return errors;
    return [...errors, required(path.child('secretRef', 'namespace'))];
  };
}

function validateAzureFile(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const isEmpty = pointerAt(source, 'secretNamespace') === '';
  return [...cloud.validateAzureFile(source, path), ...(isEmpty ? [required(path.child('secretNamespace'))] : NONE)];
}

function validateLocal(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const target = textAt(source, 'path');
  return target === '' ? [required(path.child('path'))] : validateNoBacksteps(target, path.child('path'));
}

const ISCSI_NAME = /^(?:iqn\.\d{4}-\d{2}\.[a-zA-Z0-9\-.]+(?::[^,;*&$|\s]+)|eui.[a-zA-Z0-9]{16}|naa.[a-zA-Z0-9]{32})$/s;

function validateIscsiName(name: string, path: ValidationPath): readonly FieldError[] {
  return ISCSI_NAME.test(name) ? NONE : [invalid(path, name, 'must be valid format')];
}

function validateIscsi(source: JsonValue, path: ValidationPath, volumeName: string): readonly FieldError[] {
  const [iqn, portal, lun] = [textAt(source, 'iqn'), textAt(source, 'targetPortal'), integerAt(source, 'lun')];
  const hasInitiator = pointerAt(source, 'initiatorName') !== undefined;
  const isLong = hasInitiator && byteLength(`${volumeName}:${portal}`) > 64;
  const tooLong =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  return [
    ...requireText(source, 'targetPortal', path),
    ...(isLong ? [invalid(path.child('targetportal'), portal, tooLong)] : NONE),
    ...(iqn === '' ? [required(path.child('iqn'))] : validateIscsiName(iqn, path.child('iqn'))),
    ...(lun < 0 || lun > 255 ? [invalid(path.child('lun'), lun, inclusiveRangeMessage(0, 255))] : NONE),
    ...validateIscsiSecret(source, path),
    ...(hasInitiator ? validateIscsiName(textAt(source, 'initiatorName'), path.child('initiatorname')) : NONE),
  ];
}

function validateIscsiSecret(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const needsSecret = isTrueAt(source, 'chapAuthDiscovery') || isTrueAt(source, 'chapAuthSession');
  if (pointerAt(source, 'secretRef') === undefined) return needsSecret ? [required(path.child('secretRef'))] : NONE;
  return cloud.validateSecretRef(source, path);
}

const CSI_SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const;

function validateCsi(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateCsiDriverName(textAt(source, 'driver'), path.child('driver')),
    ...requireText(source, 'volumeHandle', path),
    ...CSI_SECRETS.flatMap((field) => validateSecretReference(pointerAt(source, field), path.child(field))),
  ];
}

function validateSecretReference(reference: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (reference === undefined) return NONE;
  const [name, namespace] = [textAt(reference, 'name'), textAt(reference, 'namespace')];
  const [namePath, namespacePath] = [path.child('name'), path.child('namespace')];
  return [
    ...(name === '' ? [required(namePath)] : validateDnsSubdomain(name, namePath)),
    ...(namespace === '' ? [required(namespacePath)] : validateDnsLabel(namespace, namespacePath)),
  ];
}

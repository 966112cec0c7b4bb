import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import { objectAt } from '../../../../../base/json.ts';
import { NONE, integerAt, pointerAt, requireText, textAt, validateEnum } from '../../../validation/fields.ts';
import { validateDnsLabel } from '../../../validation/messages.ts';

/** Disks and shares of clouds and vendors. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateGcePersistentDisk(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'pdName', path), ...validatePartition(source, path)];
}

export function validateAwsElasticBlockStore(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'volumeID', path), ...validatePartition(source, path)];
}

/** 0 passes, whatever the message says. */
function validatePartition(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const partition = integerAt(source, 'partition');
  if (partition >= 0 && partition <= 255) return NONE;
  return [invalid(path.child('partition'), partition, 'must be between 1 and 255, inclusive')];
}

export function validateCinder(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'volumeID', path), ...validateSecretRef(source, path)];
}

/** A reference to a Secret, which may be missing but not nameless. */
export function validateSecretRef(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const reference = pointerAt(source, 'secretRef');
  if (reference === undefined || textAt(reference, 'name') !== '') return NONE;
  return [required(path.child('secretRef', 'name'))];
}

export function validateFlexVolume(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const options = Object.keys(objectAt(source, 'options') ?? {});
  return [
    ...requireText(source, 'driver', path),
    ...options.filter(isReserved).map((key) => {
      return invalid(path.child('options').key(key), key, 'kubernetes.io and k8s.io namespaces are reserved');
    }),
  ];
}

function isReserved(key: string): boolean {
  const namespace = `.${key.split('/')[0]!.toLowerCase()}`;
  return namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io');
}

export function validateAzureFile(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'secretName', path), ...requireText(source, 'shareName', path)];
}

const MANAGED_DISK = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_DISK = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export function validateAzureDisk(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const optional = (field: string, supported: readonly string[]) =>
    pointerAt(source, field) === undefined ? NONE : validateEnum(textAt(source, field), path.child(field), supported);
  return [
    ...requireText(source, 'diskName', path),
    ...requireText(source, 'diskURI', path),
    ...optional('cachingMode', ['None', 'ReadOnly', 'ReadWrite']),
    ...optional('kind', ['Dedicated', 'Managed', 'Shared']),
    ...validateDiskUri(source, path.child('diskURI')),
  ];
}

function validateDiskUri(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(source, 'kind') === undefined) return NONE;
  const uri = textAt(source, 'diskURI');
  const [start, form] =
    textAt(source, 'kind') === 'Managed' ? ['/subscriptions/', MANAGED_DISK] : ['https://', BLOB_DISK];
  return uri.startsWith(start!) ? NONE : [notSupported(path, uri, [form!])];
}

export function validateVsphereVolume(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return requireText(source, 'volumePath', path);
}

export function validatePhotonPersistentDisk(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return requireText(source, 'pdID', path);
}

export function validatePortworxVolume(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return requireText(source, 'volumeID', path);
}

export function validateScaleIo(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return ['gateway', 'system', 'volumeName'].flatMap((field) => requireText(source, field, path));
}

export function validateStorageos(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [name, namespace] = [textAt(source, 'volumeName'), textAt(source, 'volumeNamespace')];
  const namePath = path.child('volumeName');
  return [
    ...(name === '' ? [required(namePath)] : validateDnsLabel(name, namePath)),
    ...(namespace === '' ? NONE : validateDnsLabel(namespace, path.child('volumeNamespace'))),
    ...validateSecretRef(source, path),
  ];
}

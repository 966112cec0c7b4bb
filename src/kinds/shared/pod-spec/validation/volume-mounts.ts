import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid, notFound, required } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { NONE, isTrueAt, pointerAt, requireText, textAt, validateEach, validateEnum } from '../../validation/fields.ts';
import { hasBacksteps, validateLocalDescendingPath } from '../../validation/paths.ts';

/** The good volumes of a Pod by name. */
export type VolumesByName = ReadonlyMap<string, JsonValue>;

/** Names and paths that a list of mounts or devices takes. */
interface Taken {
  readonly names: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

/** As upstream keeps them by name: of two entries with one name the later path counts. */
function takenBy(list: readonly JsonValue[], pathField: string): Taken {
  const byName = new Map(list.map((entry) => [textAt(entry, 'name'), textAt(entry, pathField)]));
  return { names: new Set(byName.keys()), paths: new Set(byName.values()) };
}

/**
 * `volumeMounts` of a container. Some errors name the list and not the entry, as upstream.
 * Source: pkg/apis/core/validation/validation.go `ValidateVolumeMounts`, 1.36.
 */
export function validateVolumeMounts(
  container: JsonValue,
  volumes: VolumesByName,
  path: ValidationPath,
): readonly FieldError[] {
  const mounts = arrayAt(container, 'volumeMounts');
  if (mounts.length === 0) return NONE;
  const devices = takenBy(arrayAt(container, 'volumeDevices'), 'devicePath');
  const paths = new Set<string>();
  return validateEach(mounts, path, (mount, mountPath) => [
    ...validateMountName(textAt(mount, 'name'), volumes, mountPath.child('name')),
    ...validateMountPath(textAt(mount, 'mountPath'), paths, mountPath.child('mountPath')),
    ...validateAgainstDevices(mount, devices, mountPath),
    ...validateSubPaths(mount, path, mountPath),
    ...validatePropagation(mount, container, path.child('mountPropagation')),
    ...validateRecursiveReadOnly(mount, path.child('recursiveReadOnly')),
  ]);
}

function validateMountName(name: string, volumes: VolumesByName, path: ValidationPath): readonly FieldError[] {
  if (volumes.has(name)) return NONE;
  return name === '' ? [required(path), notFound(path, name)] : [notFound(path, name)];
}

function validateMountPath(target: string, paths: Set<string>, path: ValidationPath): readonly FieldError[] {
  const errors = target === '' ? [required(path)] : [];
  if (paths.has(target)) errors.push(invalid(path, target, 'must be unique'));
  paths.add(target);
  return errors;
}

function validateAgainstDevices(mount: JsonValue, devices: Taken, path: ValidationPath): readonly FieldError[] {
  const [name, target] = [textAt(mount, 'name'), textAt(mount, 'mountPath')];
  const errors: FieldError[] = [];
  if (devices.names.has(name))
    errors.push(invalid(path.child('name'), name, 'must not already exist in volumeDevices'));
  if (devices.paths.has(target)) {
    errors.push(invalid(path.child('mountPath'), target, 'must not already exist as a path in volumeDevices'));
  }
  return errors;
}

function validateSubPaths(mount: JsonValue, list: ValidationPath, path: ValidationPath): readonly FieldError[] {
  const [subPath, expression] = [textAt(mount, 'subPath'), textAt(mount, 'subPathExpr')];
  return [
    ...(subPath === '' ? NONE : validateLocalDescendingPath(subPath, list.child('subPath'))),
    ...(subPath !== '' && expression !== ''
      ? [invalid(path.child('subPathExpr'), expression, 'subPathExpr and subPath are mutually exclusive')]
      : NONE),
    ...(expression === '' ? NONE : validateLocalDescendingPath(expression, list.child('subPathExpr'))),
  ];
}

function validatePropagation(mount: JsonValue, container: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(mount, 'mountPropagation') === undefined) return NONE;
  const propagation = textAt(mount, 'mountPropagation');
  const errors = validateEnum(propagation, path, ['Bidirectional', 'HostToContainer', 'None']);
  if (propagation !== 'Bidirectional' || isTrueAt(container, 'securityContext', 'privileged')) return errors;
  return [forbidden(path, 'Bidirectional mount propagation is available only to privileged containers')];
}

function validateRecursiveReadOnly(mount: JsonValue, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(mount, 'recursiveReadOnly') === undefined) return NONE;
  const mode = textAt(mount, 'recursiveReadOnly');
  if (mode !== 'Enabled' && mode !== 'IfPossible') {
    return validateEnum(mode, path, ['Disabled', 'Enabled', 'IfPossible']);
  }
  const propagates = pointerAt(mount, 'mountPropagation') !== undefined && textAt(mount, 'mountPropagation') !== 'None';
  return [
    ...(isTrueAt(mount, 'readOnly') ? NONE : [forbidden(path, 'may only be specified when readOnly is true')]),
    ...(propagates ? [forbidden(path, 'may only be specified when mountPropagation is None or not specified')] : NONE),
  ];
}

const ONLY_CLAIMS = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';

/** `volumeDevices` of a container: volumes used as block devices. */
export function validateVolumeDevices(
  container: JsonValue,
  volumes: VolumesByName,
  path: ValidationPath,
): readonly FieldError[] {
  const devices = arrayAt(container, 'volumeDevices');
  if (devices.length === 0) return NONE;
  const mounts = takenBy(arrayAt(container, 'volumeMounts'), 'mountPath');
  const [names, paths] = [new Set<string>(), new Set<string>()];
  return validateEach(devices, path, (device, devicePath) => {
    const [name, target] = [textAt(device, 'name'), textAt(device, 'devicePath')];
    const [namePath, targetPath] = [devicePath.child('name'), devicePath.child('devicePath')];
    return [
      ...validateDeviceName(name, names, volumes, namePath),
      ...validateDevicePath(device, target, paths, devicePath),
      ...(mounts.names.has(name) ? [invalid(namePath, name, 'must not already exist in volumeMounts')] : NONE),
      ...(mounts.paths.has(target)
        ? [invalid(targetPath, target, 'must not already exist as a path in volumeMounts')]
        : NONE),
    ];
  });
}

function validateDeviceName(
  name: string,
  names: Set<string>,
  volumes: VolumesByName,
  path: ValidationPath,
): readonly FieldError[] {
  const volume = volumes.get(name);
  const errors = name === '' ? [required(path)] : [];
  if (names.has(name)) errors.push(invalid(path, name, 'must be unique'));
  if (volume === undefined) errors.push(notFound(path, name));
  else if (pointerAt(volume, 'persistentVolumeClaim') === undefined && pointerAt(volume, 'ephemeral') === undefined) {
    errors.push(invalid(path, name, ONLY_CLAIMS));
  }
  if (name !== '') names.add(name);
  return errors;
}

function validateDevicePath(
  device: JsonValue,
  target: string,
  paths: Set<string>,
  path: ValidationPath,
): readonly FieldError[] {
  const targetPath = path.child('devicePath');
  const errors = [...requireText(device, 'devicePath', path)];
  if (paths.has(target)) errors.push(invalid(targetPath, target, 'must be unique'));
  if (hasBacksteps(target)) errors.push(invalid(targetPath, target, "can not contain backsteps ('..')"));
  else paths.add(target);
  return errors;
}

import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../../../apimachinery/names.ts';
import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt } from '../../validation/fields.ts';
import { invalidFor, validateDnsLabel } from '../../validation/messages.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import type { VolumesByName } from './volume-mounts.ts';
import { VOLUME_SOURCES } from './volume-sources/index.ts';
import { validateIscsiVolumeName } from './volume-sources/network-sources.ts';

/** The errors of a Pod's volumes, and the volumes that are good: only those can be mounted. */
export interface VolumesVerdict {
  readonly volumes: VolumesByName;
  readonly errors: readonly FieldError[];
}

/** `volumes` of a Pod. Source: pkg/apis/core/validation/validation.go `ValidateVolumes`, 1.36. */
export function validateVolumes(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
  podName: string,
): VolumesVerdict {
  const list = arrayAt(spec, 'volumes');
  const volumes = new Map<string, JsonValue>();
  const madeClaims = new Set(podName === '' ? [] : list.filter(isEphemeral).map((volume) => claimOf(podName, volume)));
  const errors: FieldError[] = [];
  for (const [index, volume] of list.entries()) {
    const volumePath = path.index(index);
    const name = textAt(volume, 'name');
    const wrong = [
      ...validateVolumeSource(volume, volumePath, options, podName),
      ...validateName(name, volumes, volumePath.child('name')),
    ];
    if (wrong.length === 0) volumes.set(name, volume);
    errors.push(...wrong, ...validateClaimName(volume, madeClaims, volumePath));
  }
  return { volumes, errors };
}

function isEphemeral(volume: JsonValue): boolean {
  return pointerAt(volume, 'ephemeral') !== undefined;
}

function claimOf(podName: string, volume: JsonValue): string {
  return `${podName}-${textAt(volume, 'name')}`;
}

function validateName(name: string, taken: VolumesByName, path: ValidationPath): readonly FieldError[] {
  const errors = name === '' ? [required(path)] : validateDnsLabel(name, path);
  return taken.has(name) ? [...errors, duplicate(path, name)] : errors;
}

function validateClaimName(
  volume: JsonValue,
  madeClaims: ReadonlySet<string>,
  path: ValidationPath,
): readonly FieldError[] {
  const claim = pointerAt(volume, 'persistentVolumeClaim');
  const name = textAt(claim, 'claimName');
  if (claim === undefined || !madeClaims.has(name)) return NONE;
  const detail = 'must not reference a PVC that gets created for an ephemeral volume';
  return [invalid(path.child('persistentVolumeClaim', 'claimName'), name, detail)];
}

/** Exactly one source. */
function validateVolumeSource(
  volume: JsonValue,
  path: ValidationPath,
  options: PodValidationOptions,
  podName: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const volumeName = textAt(volume, 'name');
  let found = false;
  for (const { field, name = field, secondName = field, validate } of VOLUME_SOURCES) {
    const source = pointerAt(volume, field);
    if (source === undefined) continue;
    if (found) errors.push(forbidden(path.child(secondName), 'may not specify more than 1 volume type'));
    else {
      errors.push(...validate(source, path.child(name), options));
      if (field === 'ephemeral') errors.push(...validateMadeClaim(podName, volumeName, path.child('name')));
    }
    if (field === 'iscsi') errors.push(...validateIscsiVolumeName(source, volumeName, path));
    found = true;
  }
  return found ? errors : [required(path, 'must specify a volume type')];
}

/** The claim that an ephemeral volume makes needs a good name. */
function validateMadeClaim(podName: string, volumeName: string, path: ValidationPath): readonly FieldError[] {
  if (podName === '' || volumeName === '') return NONE;
  const claim = `${podName}-${volumeName}`;
  const messages = validateDns1123Subdomain(claim).map((message) => `PVC name ${quoteString(claim)}: ${message}`);
  return invalidFor(path, volumeName, messages);
}

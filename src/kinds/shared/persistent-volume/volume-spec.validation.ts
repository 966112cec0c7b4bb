import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { signOfQuantity, valueOf, formatQuantity } from '../../../apimachinery/quantity.ts';
import { resourceListOf } from '../../../apimachinery/resource-list.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { ACCESS_MODES, VOLUME_MODES } from '../validation/claim-spec.ts';
import { NONE, pointerAt, textAt, textsAt, validateEnum } from '../validation/fields.ts';
import { validateDnsSubdomain } from '../validation/messages.ts';
import { validateNodeSelector } from '../validation/node-selector.ts';
import { validatePositiveQuantity } from '../validation/numbers.ts';
import { shownMap } from '../validation/shown-values.ts';
import { VOLUME_SOURCES } from './volume-sources.ts';

export interface VolumeSpecOptions {
  /** The spec of a VolumeAttachment, which is no PersistentVolume's. */
  readonly isInline?: boolean;
  readonly volumeName?: string;
  /** Because the volume before the update had one too. */
  readonly allowInvalidLabelValue?: boolean;
}

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'] as const;
const NOT_INLINE = 'may not be specified in the context of inline volumes';

/** Source: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeSpec`, 1.36. */
export function validateVolumeSpec(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: VolumeSpecOptions,
): readonly FieldError[] {
  const isInline = options.isInline ?? false;
  return [
    ...(isInline ? validateInline(spec, path) : NONE),
    ...validateAccessModes(textsAt(spec, 'accessModes'), path.child('accessModes')),
    ...(isInline ? NONE : validateCapacity(spec, path.child('capacity'))),
    ...validateReclaimPolicy(spec, path.child('persistentVolumeReclaimPolicy'), isInline),
    ...validateNodeAffinity(spec, path.child('nodeAffinity'), options),
    ...validateSources(spec, path, options),
    ...validateRecycling(spec, path),
    ...validateClassName(spec, path.child('storageClassName'), isInline),
    ...validateVolumeMode(spec, path.child('volumeMode'), isInline),
    ...(isInline ? NONE : validateAttributesClass(spec, path)),
  ];
}

function validateInline(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const hasCapacity = resourceListOf(valueAt(spec, 'capacity')).size > 0;
  const noCsi = required(path.child('csi'), 'has to be specified in the context of inline volumes');
  return [
    ...(pointerAt(spec, 'claimRef') === undefined ? NONE : [forbidden(path.child('claimRef'), NOT_INLINE)]),
    ...(hasCapacity ? [forbidden(path.child('capacity'), NOT_INLINE)] : NONE),
    ...(pointerAt(spec, 'csi') === undefined ? [noCsi] : NONE),
  ];
}

function validateAccessModes(modes: readonly string[], path: ValidationPath): readonly FieldError[] {
  if (modes.length === 0) return [required(path)];
  const errors = modes.flatMap((mode) => validateEnum(mode, path, ACCESS_MODES));
  const hasOther = ACCESS_MODES.some((mode) => mode !== 'ReadWriteOncePod' && modes.includes(mode));
  if (!modes.includes('ReadWriteOncePod') || !hasOther) return errors;
  return [...errors, forbidden(path, 'may not use ReadWriteOncePod with other access modes')];
}

function validateCapacity(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const capacity = resourceListOf(valueAt(spec, 'capacity'));
  const isOther = !capacity.has('storage') || capacity.size > 1;
  const amounts = Object.fromEntries([...capacity].map(([name, amount]) => [name, formatQuantity(amount)]));
  const shown = valueAt(spec, 'capacity') === undefined ? null : shownMap(amounts);
  return [
    ...(capacity.size === 0 ? [required(path)] : NONE),
    ...(isOther ? [notSupported(path, shown, ['storage'])] : NONE),
    ...[...capacity].flatMap(([name, amount]) => [
      ...(signOfQuantity(amount) < 0
        ? [invalid(path.key(name), valueOf(amount), 'must be a valid resource quantity')]
        : NONE),
      ...validatePositiveQuantity(amount, path.key(name)),
    ]),
  ];
}

function validateReclaimPolicy(
  spec: JsonValue | undefined,
  path: ValidationPath,
  isInline: boolean,
): readonly FieldError[] {
  const policy = textAt(spec, 'persistentVolumeReclaimPolicy');
  if (policy === '') return NONE;
  if (!isInline) return validateEnum(policy, path, RECLAIM_POLICIES);
  return policy === 'Retain' ? NONE : [forbidden(path, 'may only be Retain in the context of inline volumes')];
}

function validateNodeAffinity(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: VolumeSpecOptions,
): readonly FieldError[] {
  const affinity = pointerAt(spec, 'nodeAffinity');
  if (affinity === undefined) return NONE;
  if (options.isInline) return [forbidden(path, NOT_INLINE)];
  const selector = pointerAt(affinity, 'required');
  if (selector === undefined) return [required(path.child('required'), 'must specify required node constraints')];
  return validateNodeSelector(selector, path.child('required'), {
    allowInvalidLabelValue: options.allowInvalidLabelValue ?? false,
  });
}

function validateSources(
  spec: JsonValue | undefined,
  path: ValidationPath,
  options: VolumeSpecOptions,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  let found = false;
  for (const { field, name = field, secondName = field, validate } of VOLUME_SOURCES) {
    const source = pointerAt(spec, field);
    if (source === undefined) continue;
    // A flexVolume is looked at though it is the second one.
    if (found && field !== 'flexVolume') {
      errors.push(forbidden(path.child(secondName), 'may not specify more than 1 volume type'));
      continue;
    }
    found = true;
    errors.push(...validate(source, path.child(name), options.volumeName ?? ''));
    const needsAffinity = field === 'local' && (options.isInline || pointerAt(spec, 'nodeAffinity') === undefined);
    if (needsAffinity) errors.push(required(path.child('nodeAffinity'), 'Local volume requires node affinity'));
  }
  return found ? errors : [required(path, 'must specify a volume type')];
}

function validateRecycling(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(spec, 'hostPath') === undefined) return NONE;
  const isRoot = isRootPath(textAt(spec, 'hostPath', 'path'));
  if (!isRoot || textAt(spec, 'persistentVolumeReclaimPolicy') !== 'Recycle') return NONE;
  const detail = "may not be 'recycle' for a hostPath mount of '/'";
  return [forbidden(path.child('persistentVolumeReclaimPolicy'), detail)];
}

/** Whether Go's `path.Clean` leaves nothing but a slash. */
function isRootPath(text: string): boolean {
  if (!text.startsWith('/')) return false;
  let depth = 0;
  for (const part of text.split('/')) {
    if (part === '..') depth = Math.max(0, depth - 1);
    else if (part !== '' && part !== '.') depth++;
  }
  return depth === 0;
}

function validateClassName(
  spec: JsonValue | undefined,
  path: ValidationPath,
  isInline: boolean,
): readonly FieldError[] {
  const name = textAt(spec, 'storageClassName');
  if (name === '') return NONE;
  return isInline ? [forbidden(path, NOT_INLINE)] : validateDnsSubdomain(name, path);
}

function validateVolumeMode(
  spec: JsonValue | undefined,
  path: ValidationPath,
  isInline: boolean,
): readonly FieldError[] {
  if (pointerAt(spec, 'volumeMode') === undefined) return NONE;
  const mode = textAt(spec, 'volumeMode');
  if (!isInline) return validateEnum(mode, path, VOLUME_MODES);
  const detail = 'may not specify volumeMode other than Filesystem in the context of inline volumes';
  return mode === 'Filesystem' ? NONE : [forbidden(path, detail)];
}

function validateAttributesClass(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (pointerAt(spec, 'volumeAttributesClassName') === undefined) return NONE;
  const name = textAt(spec, 'volumeAttributesClassName');
  const namePath = path.child('volumeAttributesClassName');
  const noCsi = required(path.child('csi'), 'has to be specified when using volumeAttributesClassName');
  return [
    ...(name === '' ? [required(namePath, 'an empty string is disallowed')] : validateDnsSubdomain(name, namePath)),
    ...(pointerAt(spec, 'csi') === undefined ? [noCsi] : NONE),
  ];
}

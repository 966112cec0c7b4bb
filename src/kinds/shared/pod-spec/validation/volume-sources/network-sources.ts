import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../../../apimachinery/field-error.ts';
import { byteLength } from '../../../../../apimachinery/utf8.ts';
import { inclusiveRangeMessage } from '../../../../../apimachinery/validation-messages.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import { arrayAt } from '../../../../../base/json.ts';
import {
  NONE,
  integerAt,
  isTrueAt,
  optionalIntegerAt,
  pointerAt,
  requireText,
  textAt,
  textsAt,
} from '../../../validation/fields.ts';

/** Storage over the network. Source: pkg/apis/core/validation/validation.go, 1.36. */
export function validateNfs(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const target = textAt(source, 'path');
  return [
    ...requireText(source, 'server', path),
    ...requireText(source, 'path', path),
    ...(target.startsWith('/') ? NONE : [invalid(path.child('path'), target, 'must be an absolute path')]),
  ];
}

const ISCSI_FORMS: readonly (readonly [prefix: string, form: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[a-zA-Z0-9]{16}$/s],
  ['naa', /^naa.[a-zA-Z0-9]{32}$/s],
];

function validateIscsiName(name: string, path: ValidationPath): readonly FieldError[] {
  const form = ISCSI_FORMS.find(([prefix]) => name.startsWith(prefix))?.[1];
  if (!form) return [invalid(path, name, 'must be valid format starting with iqn, eui, or naa')];
  return form.test(name) ? NONE : [invalid(path, name, 'must be valid format')];
}

export function validateIscsi(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const iqn = textAt(source, 'iqn');
  const needsSecret = isTrueAt(source, 'chapAuthDiscovery') || isTrueAt(source, 'chapAuthSession');
  return [
    ...requireText(source, 'targetPortal', path),
    ...(iqn === '' ? [required(path.child('iqn'))] : validateIscsiName(iqn, path.child('iqn'))),
    ...validateLun(integerAt(source, 'lun'), path.child('lun')),
    ...(needsSecret && pointerAt(source, 'secretRef') === undefined ? [required(path.child('secretRef'))] : NONE),
    ...(pointerAt(source, 'initiatorName') === undefined
      ? NONE
      : validateIscsiName(textAt(source, 'initiatorName'), path.child('initiatorname'))),
  ];
}

/** The kubelet makes one name of both where the initiator has a name. The error names the volume. */
export function validateIscsiVolumeName(
  source: JsonValue,
  volumeName: string,
  path: ValidationPath,
): readonly FieldError[] {
  if (pointerAt(source, 'initiatorName') === undefined) return NONE;
  if (byteLength(`${volumeName}:${textAt(source, 'targetPortal')}`) <= 64) return NONE;
  const detail =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  return [invalid(path.child('name'), volumeName, detail)];
}

function validateLun(lun: number | bigint, path: ValidationPath): readonly FieldError[] {
  return lun >= 0 && lun <= 255 ? NONE : [invalid(path, lun, inclusiveRangeMessage(0, 255))];
}

export function validateFc(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [targets, wwids] = [textsAt(source, 'targetWWNs'), textsAt(source, 'wwids')];
  const targetsPath = path.child('targetWWNs');
  const errors: FieldError[] = [];
  if (targets.length === 0 && wwids.length === 0) {
    errors.push(required(targetsPath, 'must specify either targetWWNs or wwids, but not both'));
  }
  if (targets.length === 0) return errors;
  if (wwids.length > 0) {
    errors.push(invalid(targetsPath, targets, 'targetWWNs and wwids can not be specified simultaneously'));
  }
  const lun = optionalIntegerAt(source, 'lun');
  if (lun === undefined) errors.push(required(path.child('lun'), 'lun is required if targetWWNs is specified'));
  else errors.push(...validateLun(lun, path.child('lun')));
  return errors;
}

export function validateGlusterfs(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...requireText(source, 'endpoints', path), ...requireText(source, 'path', path)];
}

export function validateFlocker(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [name, uuid] = [textAt(source, 'datasetName'), textAt(source, 'datasetUUID')];
  return [
    ...(name === '' && uuid === '' ? [required(path, 'one of datasetName and datasetUUID is required')] : NONE),
    ...(name !== '' && uuid !== ''
      ? [invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously')]
      : NONE),
    ...(name.includes('/') ? [invalid(path.child('datasetName'), name, "must not contain '/'")] : NONE),
  ];
}

export function validateRbd(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...validateCephfs(source, path), ...requireText(source, 'image', path)];
}

export function validateCephfs(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return arrayAt(source, 'monitors').length === 0 ? [required(path.child('monitors'))] : NONE;
}

const HOST_PORT_PAIRS = 'must be a host:port pair or multiple pairs separated by commas';
const TENANT_MAX_BYTES = 64;

export function validateQuobyte(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [...validateRegistry(source, path), ...requireText(source, 'volume', path)];
}

function validateRegistry(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const registry = textAt(source, 'registry');
  const registryPath = path.child('registry');
  if (registry === '') return [required(registryPath, HOST_PORT_PAIRS)];
  if (byteLength(textAt(source, 'tenant')) > TENANT_MAX_BYTES) {
    return [required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters')];
  }
  return registry
    .split(',')
    .filter((pair) => !isHostPort(pair))
    .map(() => invalid(registryPath, registry, HOST_PORT_PAIRS));
}

/** `host:port` or `[host]:port`, as Go's `net.SplitHostPort` takes them: any of the parts may be empty. */
export function isHostPort(text: string): boolean {
  return /^(?:\[[^[\]]*\]|[^[\]:]*):[^[\]:]*$/s.test(text);
}

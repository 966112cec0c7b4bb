import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required, tooLong, tooMany } from '../../apimachinery/field-error.ts';
import { validateLabelValue } from '../../apimachinery/label-names.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../base/json.ts';
import { validateDeviceQualifiedName } from '../shared/validation/device-names.ts';
import { validateDeviceBinding } from '../shared/validation/device-binding.ts';
import { DEVICE_TAINT_EFFECTS } from '../shared/validation/device-request.ts';
import { NONE, isTrueAt, pointerAt, textAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateLimitedList, validateLimitedSet } from '../shared/validation/limited-list.ts';
import { invalidFor, validateDnsLabel, validateLabelName } from '../shared/validation/messages.ts';
import { validateDeviceNodes } from './resourceslice.nodes.ts';

const MAX_ENTRIES = 32;
const MAX_VALUE_BYTES = 64;
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/;

/** `spec.devices` and `spec.sharedCounters`. Source: pkg/apis/resource/validation/validation.go, 1.36. */
export function validateSliceDevices(
  spec: JsonValue | undefined,
  path: ValidationPath,
  old: JsonValue | undefined,
): readonly FieldError[] {
  const isAdvanced = arrayAt(spec, 'devices').some((device) =>
    ['taints', 'consumesCounters'].some((field) => arrayAt(device, field).length > 0),
  );
  const isPerDevice = isTrueAt(spec, 'perDeviceNodeSelection');
  const before = new Set(arrayAt(old, 'devices').map(taintsOf));
  return [
    ...validateLimitedSet(
      valueAt(spec, 'devices'),
      path.child('devices'),
      isAdvanced ? 64 : 128,
      (device, at) => validateDevice(device, at, isPerDevice, before),
      nameOfItem,
    ),
    ...validateLimitedSet(
      valueAt(spec, 'sharedCounters'),
      path.child('sharedCounters'),
      8,
      (set, at) => validateCounters(set, 'name', at),
      nameOfItem,
    ),
  ];
}

/** Taints that the device of the same name had before are not judged again. */
function taintsOf(device: JsonValue): string {
  const taints = arrayAt(device, 'taints').map((taint) => [
    textAt(taint, 'key'),
    textAt(taint, 'value'),
    textAt(taint, 'effect'),
  ]);
  return JSON.stringify([textAt(device, 'name'), taints]);
}

function validateDevice(
  device: JsonValue,
  path: ValidationPath,
  isPerDevice: boolean,
  oldTaints: ReadonlySet<string>,
): readonly FieldError[] {
  const [attributes, capacity] = [objectAt(device, 'attributes') ?? {}, objectAt(device, 'capacity') ?? {}];
  const count = Object.keys(attributes).length + Object.keys(capacity).length;
  const tooManyEntries = `the total number of attributes and capacities must not exceed ${MAX_ENTRIES}`;
  const isOld = oldTaints.has(taintsOf(device));
  return [
    ...validateDnsLabel(textAt(device, 'name'), path.child('name')),
    ...(count > MAX_ENTRIES ? [invalid(path, count, tooManyEntries)] : NONE),
    ...Object.keys(attributes).flatMap((name) => [
      ...validateDeviceQualifiedName(name, path.child('attributes')),
      ...validateAttribute(attributes[name], path.child('attributes').key(shortened(name))),
    ]),
    ...Object.keys(capacity).flatMap((name) => [
      ...validateDeviceQualifiedName(name, path.child('capacity')),
      ...validateCapacity(device, capacity[name], path.child('capacity').key(shortened(name))),
    ]),
    ...(isOld ? NONE : validateLimitedList(valueAt(device, 'taints'), path.child('taints'), 16, validateTaint)),
    ...validateLimitedSet(
      valueAt(device, 'consumesCounters'),
      path.child('consumesCounters'),
      2,
      (set, at) => validateCounters(set, 'counterSet', at),
      (set) => textAt(set, 'counterSet'),
    ),
    ...validateDeviceNodes(device, path, isPerDevice),
    ...validateDeviceBinding(device, path),
  ];
}

/** A key of at most a domain, a slash and a name, cut in its middle. */
function shortened(key: string): string {
  const max = 63 + 1 + 32;
  return key.length <= max ? key : `${key.slice(0, 47)}...${key.slice(-46)}`;
}

function validateAttribute(attribute: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const set = ['int', 'bool', 'string', 'version'].filter((field) => pointerAt(attribute, field) !== undefined);
  const version = pointerAt(attribute, 'version');
  const isLong = (field: string): boolean => byteLength(textAt(attribute, field)) > MAX_VALUE_BYTES;
  return [
    ...(isLong('string') ? [tooLong(path.child('string'), MAX_VALUE_BYTES)] : NONE),
    ...(typeof version === 'string' && !SEMVER.test(version)
      ? [invalid(path.child('version'), version, 'must be a string compatible with semver.org spec 2.0.0')]
      : NONE),
    ...(isLong('version') ? [tooLong(path.child('version'), MAX_VALUE_BYTES)] : NONE),
    ...(set.length === 1
      ? NONE
      : [invalid(path, set.length === 0 ? '' : (attribute ?? null), 'exactly one value must be specified')]),
  ];
}

function validateCapacity(
  device: JsonValue,
  capacity: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const isForbidden =
    !isTrueAt(device, 'allowMultipleAllocations') && pointerAt(capacity, 'requestPolicy') !== undefined;
  if (!isForbidden) return NONE;
  return [
    {
      reason: 'FieldValueForbidden',
      path: path.child('requestPolicy'),
      detail: 'allowMultipleAllocations must be true',
    },
  ];
}

function validateTaint(taint: JsonValue, path: ValidationPath): readonly FieldError[] {
  const value = textAt(taint, 'value');
  return [
    ...validateLabelName(textAt(taint, 'key'), path.child('key')),
    ...(value === '' ? NONE : invalidFor(path.child('value'), value, validateLabelValue(value))),
    ...validateRequiredEnum(textAt(taint, 'effect'), path.child('effect'), DEVICE_TAINT_EFFECTS),
  ];
}

function validateCounters(set: JsonValue, field: string, path: ValidationPath): readonly FieldError[] {
  const name = textAt(set, field);
  const keys = Object.keys(objectAt(set, 'counters') ?? {});
  const counters = path.child('counters');
  return [
    ...(name === '' ? [required(path.child(field))] : validateDnsLabel(name, path.child(field))),
    ...(keys.length === 0 ? [required(counters)] : NONE),
    ...(keys.length > 32
      ? [tooMany(counters, keys.length, 32)]
      : keys.flatMap((key) => validateDnsLabel(key, counters))),
  ];
}

const nameOfItem = (item: JsonValue): string => textAt(item, 'name');

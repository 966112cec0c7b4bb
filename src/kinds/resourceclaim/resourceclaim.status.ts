import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, tooLong, tooMany } from '../../apimachinery/field-error.ts';
import { validateInterfaceAddress } from '../../apimachinery/ip-validation.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asString, valueAt } from '../../base/json.ts';
import { validateConditions } from '../shared/validation/conditions.ts';
import { validateCsiDriverName } from '../shared/validation/csi-driver-name.ts';
import { deviceRequestNames } from '../shared/validation/device-claim.ts';
import { validateDeviceParameters } from '../shared/validation/device-config.ts';
import { validateDevicePoolName, validateDeviceShareId } from '../shared/validation/device-names.ts';
import { NONE, pointerAt, requireText, textAt, validateEach } from '../shared/validation/fields.ts';
import { validateLimitedSet } from '../shared/validation/limited-list.ts';
import { invalidFor, validateDnsLabel } from '../shared/validation/messages.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownAllocation } from '../shared/validation/shown-allocation.ts';
import { STATUS } from '../shared/validation/status-counts.ts';
import { validateAllocation } from './resourceclaim.allocation.ts';

const RESERVED = STATUS.child('reservedFor');
const ALLOCATION = STATUS.child('allocation');
const MAX_RESERVED = 256;
const MAX_CONDITIONS = 8;
const MAX_ADDRESSES = 16;
const MAX_INTERFACE_BYTES = 256;
const MAX_HARDWARE_BYTES = 128;

/**
 * Who has a claim, and what was found for it. Who may write which part is asked apart, of the authorizer.
 * Source: pkg/apis/resource/validation/validation.go `ValidateResourceClaimStatusUpdate`, 1.36.
 */
export function validateClaimStatus(claim: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const allocation = pointerAt(claim, 'status', 'allocation');
  const before = pointerAt(old, 'status', 'allocation');
  return [
    ...validateLimitedSet(
      valueAt(claim, 'status', 'reservedFor'),
      RESERVED,
      MAX_RESERVED,
      (user, path) => ['resource', 'name', 'uid'].flatMap((field) => requireText(user, field, path)),
      (user) => textAt(user, 'uid'),
    ),
    ...validateDevices(valueAt(claim, 'status', 'devices'), allocation),
    ...validateReservation(claim, old, allocation),
    ...validateAllocationChange(claim, allocation, before),
  ];
}

function validateReservation(
  claim: KubernetesObject,
  old: KubernetesObject,
  allocation: JsonValue | undefined,
): readonly FieldError[] {
  const users = arrayAt(claim, 'status', 'reservedFor');
  if (users.length === 0) return NONE;
  if (allocation === undefined) return [forbidden(RESERVED, 'may not be specified when `allocated` is not set')];
  if (pointerAt(claim, 'metadata', 'deletionTimestamp') === undefined) return NONE;
  const before = arrayAt(old, 'status', 'reservedFor');
  const isNew = users.some((user) => !before.some((one) => semanticEqual(user, one)));
  const words = 'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set';
  return isNew ? [forbidden(RESERVED, words)] : NONE;
}

/** What was found once, stays; what is not changed is not judged again, as newer rules are stricter. */
function validateAllocationChange(
  claim: KubernetesObject,
  allocation: JsonValue | undefined,
  before: JsonValue | undefined,
): readonly FieldError[] {
  if (allocation === undefined) return NONE;
  if (before === undefined)
    return validateAllocation(allocation, ALLOCATION, deviceRequestNames(valueAt(claim, 'spec', 'devices')));
  return semanticEqual(allocation, before)
    ? NONE
    : [invalid(ALLOCATION, shownAllocation(allocation), 'field is immutable')];
}

function validateDevices(devices: JsonValue | undefined, allocation: JsonValue | undefined): readonly FieldError[] {
  const allocated = new Set(arrayAt(allocation, 'devices', 'results').map((result) => idOf(result)));
  const seen = new Set<string>();
  const repeated: FieldError[] = [];
  const errors = validateEach(devices, STATUS.child('devices'), (device, path) => {
    const id = idOf(device);
    if (seen.has(id)) repeated.push(duplicate(path, shownId(device)));
    seen.add(id);
    return validateDevice(device, path, allocated.has(id));
  });
  return [...errors, ...repeated];
}

function validateDevice(device: JsonValue, path: ValidationPath, isAllocated: boolean): readonly FieldError[] {
  const [shareId, data] = [pointerAt(device, 'shareID'), pointerAt(device, 'data')];
  const { length } = arrayAt(device, 'conditions');
  return [
    ...validateCsiDriverName(textAt(device, 'driver'), path.child('driver')),
    ...validateDevicePoolName(textAt(device, 'pool'), path.child('pool')),
    ...validateDnsLabel(textAt(device, 'device'), path.child('device')),
    ...(shareId === undefined ? NONE : validateDeviceShareId(asString(shareId) ?? '', path.child('shareID'))),
    ...(isAllocated ? NONE : [invalid(path, shownId(device), 'must be an allocated device in the claim')]),
    ...(length > MAX_CONDITIONS ? [tooMany(path.child('conditions'), length, MAX_CONDITIONS)] : NONE),
    ...validateConditions(valueAt(device, 'conditions'), path.child('conditions')),
    ...(data === undefined ? NONE : validateDeviceParameters(data, path.child('data'))),
    ...validateNetwork(pointerAt(device, 'networkData'), path.child('networkData')),
  ];
}

function validateNetwork(network: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (network === undefined) return NONE;
  const limit = (field: string, max: number): readonly FieldError[] =>
    byteLength(textAt(network, field)) > max ? [tooLong(path.child(field), max)] : NONE;
  return [
    ...limit('interfaceName', MAX_INTERFACE_BYTES),
    ...limit('hardwareAddress', MAX_HARDWARE_BYTES),
    ...validateLimitedSet(
      valueAt(network, 'ips'),
      path.child('ips'),
      MAX_ADDRESSES,
      (address, at) => invalidFor(at, asString(address) ?? '', validateInterfaceAddress(asString(address) ?? '')),
      (address) => asString(address) ?? '',
    ),
  ];
}

/** A device, and the share of it where it is shared. Source: `SharedDeviceID` of dynamic-resource-allocation, 1.36. */
function shownId(device: JsonValue): JsonObject {
  const [driver, pool, name, share] = ['driver', 'pool', 'device', 'shareID'].map((field) => textAt(device, field));
  return { Driver: driver, Pool: pool, Device: name, ShareID: share };
}

function idOf(device: JsonValue): string {
  return Object.values(shownId(device)).join(' ');
}

/**
 * The status of devices that the claim has no more goes with them.
 * Source: pkg/registry/resource/resourceclaim/strategy.go `dropDeallocatedStatusDevices`, 1.36.
 */
export function withoutDeallocatedDevices(claim: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const idsOf = (state: KubernetesObject): readonly string[] =>
    arrayAt(state, 'status', 'allocation', 'devices', 'results').map((result) => idOf(result));
  const kept = new Set(idsOf(claim));
  const gone = new Set(idsOf(old).filter((id) => !kept.has(id)));
  const devices = arrayAt(claim, 'status', 'devices');
  const left = devices.filter((device) => !gone.has(idOf(device)));
  if (left.length === devices.length) return claim;
  const { devices: _, ...status } = (valueAt(claim, 'status') ?? {}) as JsonObject;
  return { ...claim, status: left.length === 0 ? status : { ...status, devices: left } };
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { FoundDevice } from './found-device.ts';

/** A request of a claim for devices of one class, or one of the alternatives of a request. */
export interface DeviceRequest {
  /** Of the alternative, where it is one. */
  readonly name: string;
  /** Of the request that has alternatives. */
  readonly parent: string | undefined;
  /** `name`, or `parent/name`. */
  readonly fullName: string;
  readonly className: string | undefined;
  readonly mode: string;
  readonly count: number;
  readonly isAdmin: boolean;
  readonly hasAdminAccess: boolean;
  readonly selectors: readonly JsonValue[];
  readonly tolerations: readonly JsonValue[];
  readonly capacityRequests: JsonValue | undefined;
}

/** A request that was looked at: how many devices it takes, and for "all" which ones. */
export interface RequestData {
  readonly request: DeviceRequest;
  readonly deviceClass: KubernetesObject;
  readonly count: number;
  readonly all: readonly FoundDevice[] | undefined;
}

/** `namespace/name`, as klog shows an object. */
export function shownClaim(claim: KubernetesObject): string {
  const namespace = namespaceOf(claim);
  return namespace === undefined ? nameOf(claim) : `${namespace}/${nameOf(claim)}`;
}

export function exactRequest(request: JsonValue): DeviceRequest {
  return readRequest(objectAt(request, 'exactly'), stringAt(request, 'name') ?? '', undefined);
}

export function alternativesOf(request: JsonValue): readonly DeviceRequest[] {
  const parent = stringAt(request, 'name') ?? '';
  return arrayAt(request, 'firstAvailable').map((one) => readRequest(one, stringAt(one, 'name') ?? '', parent));
}

function readRequest(of: JsonValue | undefined, name: string, parent: string | undefined): DeviceRequest {
  return {
    name,
    parent,
    fullName: parent === undefined ? name : `${parent}/${name}`,
    className: nameAt(of, 'deviceClassName'),
    mode: stringAt(of, 'allocationMode') ?? '',
    count: numberAt(of, 'count') ?? 0,
    isAdmin: booleanAt(of, 'adminAccess') === true,
    hasAdminAccess: booleanAt(of, 'adminAccess') !== undefined,
    selectors: arrayAt(of, 'selectors'),
    tolerations: arrayAt(of, 'tolerations'),
    capacityRequests: objectAt(of, 'capacity') === undefined ? undefined : (valueAt(of, 'capacity', 'requests') ?? {}),
  };
}

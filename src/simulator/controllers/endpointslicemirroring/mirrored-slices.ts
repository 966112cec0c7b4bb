import { LAST_APPLIED } from '../../../apimachinery/last-applied.ts';
import { formatIp, parseIp } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerReferenceTo } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, jsonEqual, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { AddressType } from '../endpointslice/endpoint.ts';
import { endpointKey } from '../endpointslice/endpoint.ts';
import type { SlicePlan } from '../endpointslice/plan-slices.ts';
import { MANAGED_BY, SERVICE_NAME } from '../endpointslice/slice-labels.ts';
import { repackSubsets } from '../endpoints/subsets.ts';

export const MIRROR = 'endpointslicemirroring-controller.k8s.io';
/** Source: pkg/controller/endpointslicemirroring/config/v1alpha1/defaults.go `MirroringMaxEndpointsPerSubset`, 1.36. */
export const MOST_ENDPOINTS = 1000;
const NOT_MIRRORED: ReadonlySet<string> = new Set(['endpoints.kubernetes.io/last-change-trigger-time', LAST_APPLIED]);

/** What becomes of the slices of an Endpoints object, and how many of its addresses none shows. */
export interface MirrorPlan extends SlicePlan {
  readonly invalid: number;
  readonly skipped: number;
}

interface PortGroup {
  readonly type: AddressType;
  readonly ports: readonly JsonObject[];
  /** By what tells endpoints apart. */
  readonly endpoints: Map<string, JsonObject>;
}

/**
 * One slice for each set of ports and family of addresses of an Endpoints object.
 * Source: pkg/controller/endpointslicemirroring/reconciler.go `reconcile`, 1.36.
 */
export function planMirror(
  endpoints: KubernetesObject,
  existing: readonly KubernetesObject[],
  most = MOST_ENDPOINTS,
): MirrorPlan {
  const { groups, invalid, skipped } = wantedGroups(endpoints, most);
  const plan: { create: KubernetesObject[]; update: KubernetesObject[]; delete: KubernetesObject[] } = {
    create: [],
    update: [],
    delete: [],
  };
  for (const [key, group] of groups) {
    const own = existing.filter((slice) => groupKey(arrayAt(slice, 'ports'), addressTypeOf(slice)) === key);
    if (group.endpoints.size === 0) {
      plan.delete.push(...own);
      continue;
    }
    const [first, ...others] = own;
    plan.delete.push(...others);
    if (first !== undefined && isAsWanted(endpoints, first, group)) continue;
    const slice = newMirror(endpoints, group, first, most);
    if (first === undefined) plan.create.push(slice);
    else plan.update.push(slice);
  }
  plan.delete.push(...existing.filter((slice) => !groups.has(groupKey(arrayAt(slice, 'ports'), addressTypeOf(slice)))));
  return { ...recycled(plan), invalid, skipped };
}

function wantedGroups(
  endpoints: KubernetesObject,
  most: number,
): { readonly groups: ReadonlyMap<string, PortGroup>; readonly invalid: number; readonly skipped: number } {
  const groups = new Map<string, PortGroup>();
  let [invalid, skipped] = [0, 0];
  for (const subset of repackSubsets(arrayAt(endpoints, 'subsets'))) {
    const ports = arrayAt(subset, 'ports').map(mirroredPort);
    for (const type of ['IPv4', 'IPv6'] as const) {
      const key = groupKey(ports, type);
      if (!groups.has(key)) groups.set(key, { type, ports, endpoints: new Map() });
    }
    let added = 0;
    const addresses = [
      ...arrayAt(subset, 'addresses').map((address) => ({ address, ready: true })),
      ...arrayAt(subset, 'notReadyAddresses').map((address) => ({ address, ready: false })),
    ];
    for (const { address, ready } of addresses) {
      if (added >= most) break;
      const found = mirroredEndpoint(address, ready);
      const group = found && groups.get(groupKey(ports, found.type));
      if (found === undefined || group === undefined) invalid++;
      else {
        group.endpoints.set(endpointKey(found.endpoint), found.endpoint);
        added++;
      }
    }
    skipped += addresses.length - added;
  }
  return { groups, invalid, skipped };
}

/** Source: utils.go `addressToEndpoint`, 1.36. */
export function mirroredEndpoint(
  address: JsonValue,
  ready: boolean,
): { readonly endpoint: JsonObject; readonly type: AddressType } | undefined {
  const ip = parseIp(stringAt(address, 'ip') ?? '');
  if (ip === undefined) return undefined;
  const [nodeName, hostname] = [stringAt(address, 'nodeName'), nameAt(address, 'hostname')];
  const target = objectAt(address, 'targetRef');
  return {
    type: `IPv${ip.family}`,
    endpoint: {
      addresses: [formatIp(ip)],
      conditions: { ready },
      ...(hostname === undefined ? {} : { hostname }),
      ...(target === undefined ? {} : { targetRef: target }),
      ...(nodeName === undefined ? {} : { nodeName }),
    },
  };
}

/** Source: utils.go `epPortsToEpsPorts`, 1.36. */
function mirroredPort(port: JsonValue): JsonObject {
  const appProtocol = stringAt(port, 'appProtocol');
  return {
    name: stringAt(port, 'name') ?? '',
    protocol: stringAt(port, 'protocol') ?? 'TCP',
    port: numberAt(port, 'port') ?? 0,
    ...(appProtocol === undefined ? {} : { appProtocol }),
  };
}

function groupKey(ports: readonly JsonValue[], type: AddressType): string {
  return `${type}-${JSON.stringify(
    ports
      .map(mirroredPort)
      .map((port) => JSON.stringify(port))
      .sort(),
  )}`;
}

function addressTypeOf(slice: KubernetesObject): AddressType {
  return stringAt(slice, 'addressType') === 'IPv6' ? 'IPv6' : 'IPv4';
}

/** Whether a slice says all that it should. */
function isAsWanted(endpoints: KubernetesObject, slice: KubernetesObject, { endpoints: wanted }: PortGroup): boolean {
  const now = arrayAt(slice, 'endpoints');
  const isSame = now.length === wanted.size && now.every((one) => jsonEqual(wanted.get(endpointKey(one)), one));
  const labels = [...labelsOf(slice)].filter(([key]) => key !== MANAGED_BY && key !== SERVICE_NAME);
  const isForeign = arrayAt(slice, 'metadata', 'ownerReferences').some(
    (owner) =>
      stringAt(owner, 'kind') === 'Endpoints' &&
      stringAt(owner, 'name') === nameOf(endpoints) &&
      stringAt(owner, 'uid') !== stringAt(endpoints, 'metadata', 'uid'),
  );
  return (
    isSame &&
    !isForeign &&
    jsonEqual(Object.fromEntries(labels), Object.fromEntries(labelsOf(endpoints))) &&
    jsonEqual(Object.fromEntries(annotationsOf(slice)), mirroredAnnotations(endpoints))
  );
}

function mirroredAnnotations(endpoints: KubernetesObject): JsonObject {
  return Object.fromEntries([...annotationsOf(endpoints)].filter(([key]) => !NOT_MIRRORED.has(key)));
}

/** Source: utils.go `newEndpointSlice`, 1.36. */
function newMirror(
  endpoints: KubernetesObject,
  { type, ports, endpoints: wanted }: PortGroup,
  before: KubernetesObject | undefined,
  most: number,
): KubernetesObject {
  const prefix = `${nameOf(endpoints)}-`;
  const annotations = mirroredAnnotations(endpoints);
  const name =
    before === undefined
      ? { generateName: prefix }
      : { name: nameOf(before), resourceVersion: stringAt(before, 'metadata', 'resourceVersion') ?? '' };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...name,
      namespace: namespaceOf(endpoints) ?? '',
      labels: { ...Object.fromEntries(labelsOf(endpoints)), [SERVICE_NAME]: nameOf(endpoints), [MANAGED_BY]: MIRROR },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ownerReferences: [{ ...controllerReferenceTo(endpoints) }],
    },
    addressType: type,
    endpoints: [...wanted.values()].slice(0, most),
    ports: [...ports],
  };
}

/** What is to be made takes the place of what is to go, of the same family. Source: reconciler_helpers.go `recycleSlices`, 1.36. */
export function recycled(plan: SlicePlan): SlicePlan {
  const gone = [...plan.delete];
  const [create, update] = [[] as KubernetesObject[], [...plan.update]];
  for (const slice of plan.create) {
    const at = gone.findIndex((old) => valueAt(old, 'addressType') === valueAt(slice, 'addressType'));
    const [old] = at < 0 ? [] : gone.splice(at, 1);
    if (old === undefined) create.push(slice);
    else {
      const { generateName: _, ...metadata } = objectAt(slice, 'metadata') ?? {};
      const resourceVersion = stringAt(old, 'metadata', 'resourceVersion') ?? '';
      update.push({ ...slice, metadata: { ...metadata, name: nameOf(old), resourceVersion } });
    }
  }
  return { create, update, delete: gone };
}

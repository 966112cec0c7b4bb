import { controllerReferenceTo } from '../../../apimachinery/owner-reference.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, jsonEqual, objectAt } from '../../../base/json.ts';
import type { AddressType } from './endpoint.ts';
import { endpointKey } from './endpoint.ts';
import { labelsChanged, sliceLabels } from './slice-labels.ts';

/** What must be written so that the slices of a Service say what they should. */
export interface SlicePlan {
  readonly create: readonly KubernetesObject[];
  readonly update: readonly KubernetesObject[];
  readonly delete: readonly KubernetesObject[];
}

/** Endpoints of a Service that have the same ports. */
export interface PortGroup {
  readonly ports: readonly JsonObject[];
  readonly endpoints: readonly JsonObject[];
}

/** Source: pkg/controller/endpointslice/config/v1alpha1/defaults.go `MaxEndpointsPerSlice`, 1.36. */
const MOST_ENDPOINTS = 100;
/** Longest prefix of a name that may grow by letters. */
const MOST_PREFIX = 253;

/**
 * Puts the endpoints of one set of ports into slices: those that stand somewhere stay there, slices that change anyway are
 * filled first, then the one that becomes fullest, then new ones.
 * Source: staging/src/k8s.io/endpointslice/reconciler.go `reconcileByPortMapping`, 1.36.
 */
export function planSlices(
  service: KubernetesObject,
  type: AddressType,
  group: PortGroup,
  existing: readonly KubernetesObject[],
  most = MOST_ENDPOINTS,
): SlicePlan {
  const desired = new Map(group.endpoints.map((endpoint) => [endpointKey(endpoint), endpoint]));
  const update: KubernetesObject[] = [];
  const unchanged: KubernetesObject[] = [];
  const gone: KubernetesObject[] = [];
  for (const slice of existing) {
    const before = arrayAt(slice, 'endpoints');
    const kept: JsonObject[] = [];
    let differs = false;
    for (const endpoint of before) {
      const key = endpointKey(endpoint);
      const wanted = desired.get(key);
      if (wanted === undefined) continue;
      kept.push(wanted);
      differs ||= !jsonEqual(wanted, endpoint);
      desired.delete(key);
    }
    if (differs || kept.length !== before.length) {
      if (kept.length === 0) gone.push(slice);
      else update.push(withEndpoints(slice, service, kept));
    } else if (labelsChanged(slice, service)) update.push(withEndpoints(slice, service, kept));
    else unchanged.push(slice);
  }
  const left = [...desired.values()];
  const filled = [...update]
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .map((slice) => addTo(slice, left.splice(0, most - sizeOf(slice))));
  const create: KubernetesObject[] = [];
  while (left.length > 0) {
    const fullest = left.length < most ? sliceToFill(unchanged, left.length, most) : undefined;
    if (fullest === undefined) create.push(addTo(newSlice(service, type, group.ports), left.splice(0, most)));
    else {
      unchanged.splice(unchanged.indexOf(fullest), 1);
      filled.push(addTo(fullest, left.splice(0, most - sizeOf(fullest))));
    }
  }
  return { create, update: filled, delete: gone };
}

function sizeOf(slice: KubernetesObject): number {
  return arrayAt(slice, 'endpoints').length;
}

function addTo(slice: KubernetesObject, endpoints: readonly JsonObject[]): KubernetesObject {
  return endpoints.length === 0 ? slice : { ...slice, endpoints: [...arrayAt(slice, 'endpoints'), ...endpoints] };
}

function withEndpoints(
  slice: KubernetesObject,
  service: KubernetesObject,
  endpoints: readonly JsonObject[],
): KubernetesObject {
  return { ...slice, endpoints, metadata: { ...objectAt(slice, 'metadata'), labels: sliceLabels(service) } };
}

/** The slice that is fullest with so many more. */
function sliceToFill(slices: readonly KubernetesObject[], count: number, most: number): KubernetesObject | undefined {
  let closest: KubernetesObject | undefined;
  let room = most;
  for (const slice of slices) {
    const left = most - (count + sizeOf(slice));
    if (left < 0 || left >= room) continue;
    [closest, room] = [slice, left];
  }
  return closest;
}

export function newSlice(service: KubernetesObject, type: AddressType, ports: readonly JsonObject[]): KubernetesObject {
  const prefix = `${nameOf(service)}-`;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: prefix.length <= MOST_PREFIX ? prefix : nameOf(service),
      namespace: namespaceOf(service) ?? '',
      labels: sliceLabels(service),
      ownerReferences: [{ ...controllerReferenceTo(service) }],
    },
    addressType: type,
    endpoints: [],
    ports: [...ports],
  };
}

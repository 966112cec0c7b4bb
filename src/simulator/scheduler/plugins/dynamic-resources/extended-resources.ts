import { isDeviceOrExtendedResource } from '../../../../admission/quota/resource-names.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import { isSidecar } from '../../../../apimachinery/pod-resources.ts';
import { quantityOf, valueOf } from '../../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import { deviceClassOf } from '../../device-classes.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';

/** Name of the claim until it is written: no name that a claim can have. */
const IN_MEMORY = '<extended-resources>';
/** Source: staging/src/k8s.io/api/resource/v1/types.go `ExtendedResourceClaimAnnotation`, 1.36. */
const ANNOTATION = 'resource.kubernetes.io/extended-resource-claim';

/** Whether the claim is only thought of: it gets its name when it is written. */
export function isInMemory(claim: KubernetesObject): boolean {
  return nameOf(claim) === IN_MEMORY;
}

/**
 * The one claim for all extended resources of a Pod that devices may serve: the one that an earlier cycle wrote, or a new
 * one without requests; undefined where the Pod asks for no such resource. The gate DRAExtendedResource is on by default.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/extendeddynamicresources.go `preFilterExtendedResources`, 1.36.
 */
export function extendedResourceClaim(
  { pod, uid, requests }: PodInfo,
  snapshot: Snapshot,
): KubernetesObject | undefined {
  const classes = snapshot.view('deviceclasses');
  const wants = [...(requests.scalar ?? [])].some(
    ([name, amount]) => amount !== 0 && isDeviceOrExtendedResource(name) && deviceClassOf(name, classes) !== undefined,
  );
  if (!wants) return undefined;
  const written = snapshot
    .view('resourceclaims')
    .list()
    .find((claim) => isClaimOf(claim, pod, uid));
  if (written !== undefined) return written;
  return Object.freeze({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: {
      namespace: namespaceOf(pod) ?? 'default',
      name: IN_MEMORY,
      uid: `${uid}/${IN_MEMORY}`,
      generateName: `${nameOf(pod)}-extended-resources-`,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: nameOf(pod), uid, controller: true }],
      annotations: { [ANNOTATION]: 'true' },
    },
    spec: {},
  });
}

function isClaimOf(claim: KubernetesObject, pod: KubernetesObject, uid: string): boolean {
  if (stringAt(claim, 'metadata', 'annotations', ANNOTATION) !== 'true') return false;
  return arrayAt(claim, 'metadata', 'ownerReferences').some(
    (owner) =>
      nameAt(owner, 'name') === nameOf(pod) && booleanAt(owner, 'controller') === true && nameAt(owner, 'uid') === uid,
  );
}

/** The claim as it would be on a Node, with which container gets which request. */
export interface NodeClaim {
  readonly claim: KubernetesObject;
  readonly mappings: readonly JsonObject[];
  /** False where the Node's device plugins serve all of them. */
  readonly needsDevices: boolean;
}

/**
 * What devices have to serve on a Node: the extended resources of which its device plugins have none. A reason where the
 * Pod cannot run there. Source: extendeddynamicresources.go `filterExtendedResources`, 1.36.
 */
export function claimOnNode(
  claim: KubernetesObject,
  pod: PodInfo,
  node: NodeInfo,
  snapshot: Snapshot,
): NodeClaim | string {
  // Of an earlier cycle: it has to go before another one is made.
  if (objectAt(claim, 'spec')?.['devices'] !== undefined) return 'cannot schedule extended resource claim';
  const classes = snapshot.view('deviceclasses');
  const wanted: string[] = [];
  for (const [name, amount] of pod.requests.scalar ?? []) {
    if (amount === 0 || !isDeviceOrExtendedResource(name)) continue;
    const offered = node.allocatable.scalar?.get(name);
    if (deviceClassOf(name, classes) !== undefined && (offered ?? 0) === 0) wanted.push(name);
    else if (offered === undefined) return 'cannot fit resource';
  }
  const { requests, mappings } = requestsAndMappings(pod.pod, wanted, (name) => {
    const found = deviceClassOf(name, classes);
    return found === undefined ? undefined : nameOf(found);
  });
  const spec = requests.length === 0 ? {} : { devices: { requests: requests.map(deviceRequest) } };
  return { claim: Object.freeze({ ...claim, spec }), mappings, needsDevices: wanted.length > 0 };
}

/** So many devices of a class. */
export interface CountedRequest {
  readonly name: string;
  readonly className: string;
  readonly count: number;
}

function deviceRequest({ name, className, count }: CountedRequest): JsonObject {
  return { name, exactly: { deviceClassName: className, allocationMode: 'ExactCount', count } };
}

export interface RequestsAndMappings {
  readonly requests: readonly CountedRequest[];
  readonly mappings: readonly JsonObject[];
}

/**
 * Requests for devices, and which container uses which: init containers use again what containers and sidecars after them
 * get, and share among themselves what the greediest of them needs beside.
 * Source: extendeddynamicresources.go `createRequestsAndMappings`, 1.36.
 */
export function requestsAndMappings(
  pod: KubernetesObject,
  resources: readonly string[],
  classNameOf: (resource: string) => string | undefined,
): RequestsAndMappings {
  const inits = arrayAt(pod, 'spec', 'initContainers');
  const containers = [...inits, ...arrayAt(pod, 'spec', 'containers')];
  const isShort = containers.map((container, index) => index < inits.length && !isSidecar(container));
  const requests: CountedRequest[] = [];
  const mappings: JsonObject[] = [];
  for (const resource of [...resources].sort()) {
    const className = classNameOf(resource);
    if (className === undefined) continue;
    const long = containers.map((container, index) =>
      isShort[index] === true ? NOTHING : requestOf(index, container, resource, className, []),
    );
    const short = containers.map((container, index) =>
      isShort[index] === true
        ? requestOf(
            index,
            container,
            resource,
            className,
            long.slice(index).flatMap(({ request }) => request ?? []),
          )
        : NOTHING,
    );
    const own = short.flatMap(({ request }) => request ?? []);
    const most = own.reduce<CountedRequest | undefined>(
      (best, one) => (best === undefined || one.count > best.count ? one : best),
      undefined,
    );
    const replaced = new Set(own.map(({ name }) => name));
    if (most !== undefined) requests.push(most);
    requests.push(...long.flatMap(({ request }) => request ?? []));
    mappings.push(...long.flatMap((one) => one.mappings));
    for (const mapping of short.flatMap((one) => one.mappings))
      mappings.push(
        most !== undefined && replaced.has(stringAt(mapping, 'requestName') ?? '')
          ? { ...mapping, requestName: most.name }
          : mapping,
      );
  }
  return { requests: requests.sort((a, b) => (a.name < b.name ? -1 : 1)), mappings };
}

interface ContainerRequest {
  readonly request?: CountedRequest;
  readonly mappings: readonly JsonObject[];
}

const NOTHING: ContainerRequest = { mappings: [] };

/** Source: extendeddynamicresources.go `createResourceRequestAndMappings`, 1.36. */
function requestOf(
  index: number,
  container: JsonValue,
  resource: string,
  className: string,
  reusable: readonly CountedRequest[],
): ContainerRequest {
  const asked = objectAt(container, 'resources', 'requests') ?? {};
  const quantity = quantityOf(valueAt(asked, resource));
  const amount = quantity === undefined ? 0 : Number(valueOf(quantity));
  if (amount === 0) return NOTHING;
  const mapping = (requestName: string): JsonObject => ({
    containerName: stringAt(container, 'name') ?? '',
    resourceName: resource,
    requestName,
  });
  const mappings: JsonObject[] = [];
  let had = 0;
  for (const { name, count } of reusable) {
    had += count;
    mappings.push(mapping(name));
    if (had >= amount) return { mappings };
  }
  const place = Object.keys(asked).sort().indexOf(resource);
  const name = `container-${index}-request-${place}`;
  return { request: { name, className, count: amount - had }, mappings: [...mappings, mapping(name)] };
}

import type { JsonValue } from '../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../base/json.ts';
import { addQuantities, isZeroQuantity, makeQuantity } from './quantity.ts';
import type { Quantity } from './quantity.ts';
import { NO_RESOURCES, addResources, maxResources, resourceListOf } from './resource-list.ts';
import type { ResourceList } from './resource-list.ts';

/**
 * What a Pod requests and is limited to, as scheduler, quota and kubelet count it.
 * Source: staging/src/k8s.io/component-helpers/resource/helpers.go, 1.36.
 */
export interface PodResourceOptions {
  /** Counts what the kubelet has allocated and set as well as what is asked for, while a resize is under way. */
  readonly useStatusResources?: boolean;
  /** The same for pod-level resources; only together with `useStatusResources`. */
  readonly inPlacePodLevelScaling?: boolean;
  /** Leaves out the overhead of the Pod's RuntimeClass. */
  readonly excludeOverhead?: boolean;
  /** Stands in for requests that a container does not make: the scheduler scores with 100m and 200Mi. */
  readonly nonMissingContainerRequests?: ResourceList;
  /** Leaves out `spec.resources`. */
  readonly skipPodLevelResources?: boolean;
  /** Leaves out the containers. For requests only. */
  readonly skipContainerLevelResources?: boolean;
  /** Adds what resource claims take from the Node. */
  readonly useClaimStatus?: boolean;
}

type Kind = 'requests' | 'limits';

/** Whether a resource may be given for the whole Pod: cpu, memory and huge pages. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

/** Whether `spec.resources` requests anything that counts. */
export function hasPodLevelRequests(pod: JsonValue): boolean {
  return [...podLevel(pod, 'requests').keys()].some(isPodLevelResource);
}

/** Whether `spec.resources` limits anything that counts. */
export function hasPodLevelLimits(pod: JsonValue): boolean {
  return [...podLevel(pod, 'limits').keys()].some(isPodLevelResource);
}

/** Whether `spec.resources` gives anything that counts. */
export function hasPodLevelResources(pod: JsonValue): boolean {
  return hasPodLevelRequests(pod) || hasPodLevelLimits(pod);
}

function podLevel(pod: JsonValue, kind: Kind): ResourceList {
  return resourceListOf(valueAt(pod, 'spec', 'resources', kind));
}

/**
 * What a Pod requests: the sum of its containers and sidecars, or the most that its init containers take one after
 * another if that is more; pod-level requests instead of both; and its overhead.
 */
export function podRequests(pod: JsonValue, options: PodResourceOptions = {}): ResourceList {
  const containers = options.skipContainerLevelResources ? NO_RESOURCES : containerRequests(pod, options);
  const requests = withPodLevel(containers, pod, 'requests', options);
  return options.excludeOverhead ? requests : addResources(requests, overheadOf(pod));
}

/** What a Pod is limited to, counted like requests; the overhead is added where there is a limit. */
export function podLimits(pod: JsonValue, options: PodResourceOptions = {}): ResourceList {
  const limits = new Map(withPodLevel(containerLimits(pod, options), pod, 'limits', options));
  if (options.excludeOverhead) return limits;
  for (const [name, quantity] of overheadOf(pod)) {
    const limit = limits.get(name);
    if (limit !== undefined && !isZeroQuantity(limit)) limits.set(name, addQuantities(limit, quantity));
  }
  return limits;
}

function overheadOf(pod: JsonValue): ResourceList {
  return resourceListOf(valueAt(pod, 'spec', 'overhead'));
}

function withPodLevel(list: ResourceList, pod: JsonValue, kind: Kind, options: PodResourceOptions): ResourceList {
  if (options.skipPodLevelResources) return list;
  const result = new Map(list);
  const effective = podLevelInEffect(pod, kind, options);
  for (const [name, quantity] of podLevel(pod, kind)) {
    if (isPodLevelResource(name)) result.set(name, effective ? (effective.get(name) ?? NO_QUANTITY) : quantity);
  }
  return result;
}

const NO_QUANTITY: Quantity = makeQuantity(0n, '');

function podLevelInEffect(pod: JsonValue, kind: Kind, options: PodResourceOptions): ResourceList | undefined {
  if (!options.inPlacePodLevelScaling || !options.useStatusResources) return undefined;
  const set = valueAt(pod, 'status', 'resources');
  if (set === undefined || set === null) return undefined;
  return inEffect(pod, kind, podLevel(pod, kind), {
    actuated: resourceListOf(valueAt(set, kind)),
    allocated: resourceListOf(valueAt(pod, 'status', 'allocatedResources')),
  });
}

interface KubeletResources {
  /** What the kubelet has set. */
  readonly actuated: ResourceList;
  /** What the kubelet has agreed to. */
  readonly allocated: ResourceList;
}

/** The larger of what is asked for and what the kubelet has; what cannot be had does not count as asked for. */
function inEffect(pod: JsonValue, kind: Kind, spec: ResourceList, kubelet: KubeletResources): ResourceList {
  const asked = isResizeInfeasible(pod) ? NO_RESOURCES : spec;
  return kind === 'requests'
    ? maxResources(asked, kubelet.actuated, kubelet.allocated)
    : maxResources(asked, kubelet.actuated);
}

/** Whether the kubelet has said that a resize can never fit its Node. */
export function isResizeInfeasible(pod: JsonValue): boolean {
  return pendingResizeReason(pod) === 'Infeasible';
}

/** Whether the kubelet has put off a resize until there is room. */
export function isResizeDeferred(pod: JsonValue): boolean {
  return pendingResizeReason(pod) === 'Deferred';
}

function pendingResizeReason(pod: JsonValue): string | undefined {
  const pending = arrayAt(pod, 'status', 'conditions').find((entry) => stringAt(entry, 'type') === 'PodResizePending');
  return stringAt(pending, 'reason');
}

/** The requests of all containers together, and those of claims if wanted. */
export function containerRequests(pod: JsonValue, options: PodResourceOptions = {}): ResourceList {
  const requests = aggregate(pod, 'requests', options);
  if (!options.useClaimStatus) return requests;
  const claims = arrayAt(pod, 'status', 'nodeAllocatableResourceClaimStatuses');
  return addResources(requests, ...claims.map((claim) => resourceListOf(valueAt(claim, 'resources'))));
}

/** The limits of all containers together. */
export function containerLimits(pod: JsonValue, options: PodResourceOptions = {}): ResourceList {
  return aggregate(pod, 'limits', options);
}

/**
 * Containers and sidecars run together. An init container runs with the sidecars before it, and what it takes then is
 * the least that the Pod must get.
 */
function aggregate(pod: JsonValue, kind: Kind, options: PodResourceOptions): ResourceList {
  const containers = arrayAt(pod, 'spec', 'containers').map((container) => resourcesOf(pod, container, kind, options));
  let together = addResources(...containers);
  let sidecars = NO_RESOURCES;
  let starting = NO_RESOURCES;
  for (const container of arrayAt(pod, 'spec', 'initContainers')) {
    const sidecar = isSidecar(container);
    const resources = resourcesOf(pod, container, kind, sidecar ? options : { ...options, useStatusResources: false });
    if (sidecar) {
      together = addResources(together, resources);
      sidecars = addResources(sidecars, resources);
    }
    starting = maxResources(starting, sidecar ? sidecars : addResources(resources, sidecars));
  }
  return maxResources(together, starting);
}

/** Whether an init container keeps running beside the containers. */
export function isSidecar(container: JsonValue): boolean {
  return stringAt(container, 'restartPolicy') === 'Always';
}

function resourcesOf(pod: JsonValue, container: JsonValue, kind: Kind, options: PodResourceOptions): ResourceList {
  const spec = resourceListOf(valueAt(container, 'resources', kind));
  const status = options.useStatusResources ? statusOf(pod, stringAt(container, 'name') ?? '') : undefined;
  const set = valueAt(status, 'resources');
  const effective =
    set === undefined || set === null
      ? spec
      : inEffect(pod, kind, spec, {
          actuated: resourceListOf(valueAt(set, kind)),
          allocated: resourceListOf(valueAt(status, 'allocatedResources')),
        });
  const standIns = kind === 'requests' ? options.nonMissingContainerRequests : undefined;
  return standIns ? new Map([...standIns, ...effective]) : effective;
}

/** The status of a container by name; of an init container if both have it, as upstream. */
function statusOf(pod: JsonValue, name: string): JsonValue | undefined {
  const named = (status: JsonValue) => (stringAt(status, 'name') ?? '') === name;
  return (
    arrayAt(pod, 'status', 'initContainerStatuses').findLast(named) ??
    arrayAt(pod, 'status', 'containerStatuses').findLast(named)
  );
}

import { containerLimits, containerRequests, isPodLevelResource } from '../../../../apimachinery/pod-resources.ts';
import { formatQuantity } from '../../../../apimachinery/quantity.ts';
import type { ResourceList } from '../../../../apimachinery/resource-list.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { asObject, isJsonObject } from '../../../../base/json.ts';
import { fillIn, updateField, updateItems } from '../../defaults/fill-in.ts';
import { isHugePageResourceName, isOvercommitAllowed } from '../../validation/resource-names.ts';
import { defaultPodSpec } from './pod-spec.ts';
import { whereWritten } from './probe.ts';

const OWN_CONTAINERS = ['containers', 'initContainers'] as const;

/**
 * The spec of a Pod: what a template leaves open is filled in too.
 * Source: pkg/apis/core/v1/defaults.go `SetDefaults_Pod`, 1.36.
 */
export function defaultSpecOfPod(spec: JsonValue): JsonValue {
  if (!isJsonObject(spec)) return spec;
  const requesting = OWN_CONTAINERS.reduce(
    (object, list) => updateItems(object, list, (container) => whereWritten(container, 'resources', requestLimits)),
    spec,
  );
  const filled = fillIn(withGracePeriod(withPodLevelResources(requesting)), { enableServiceLinks: true });
  if (filled['hostNetwork'] !== true) return defaultPodSpec(filled);
  return defaultPodSpec(OWN_CONTAINERS.reduce((object, list) => updateItems(object, list, withHostPorts), filled));
}

/** A negative grace period is a second. Source: pkg/apis/core/v1/conversion.go, 1.36. */
function withGracePeriod(spec: JsonObject): JsonObject {
  const grace = spec['terminationGracePeriodSeconds'];
  const isNegative = (typeof grace === 'number' || typeof grace === 'bigint') && grace < 0;
  return isNegative ? { ...spec, terminationGracePeriodSeconds: 1 } : spec;
}

/** What is limited and not requested is requested up to the limit. */
function requestLimits(resources: JsonObject): JsonObject {
  const limits = asObject(resources['limits']) ?? {};
  if (Object.keys(limits).length === 0) return resources;
  return updateField(resources, 'requests', (requests) => fillIn(asObject(requests) ?? {}, limits));
}

/** On the Node's network a container's ports are the Node's. */
function withHostPorts(container: JsonObject): JsonObject {
  return updateItems(container, 'ports', (port) =>
    (port['hostPort'] ?? 0) === 0 && (port['containerPort'] ?? 0) !== 0
      ? { ...port, hostPort: port['containerPort'] }
      : port,
  );
}

/** Where `spec.resources` says something, it is completed from the containers. */
function withPodLevelResources(spec: JsonObject): JsonObject {
  return whereWritten(spec, 'resources', (resources) => {
    const pod: JsonValue = { spec };
    return defaultRequests(defaultHugePageLimits(resources, pod), pod);
  });
}

function defaultHugePageLimits(resources: JsonObject, pod: JsonValue): JsonObject {
  const requests = asObject(resources['requests']) ?? {};
  const limits = asObject(resources['limits']) ?? {};
  if (Object.keys(requests).length + Object.keys(limits).length === 0) return resources;
  const ofContainers = pick(
    containerLimits(pod),
    (name) => isHugePageResourceName(name) && !Object.hasOwn(requests, name),
  );
  return withList(resources, 'limits', fillIn(limits, ofContainers));
}

function defaultRequests(resources: JsonObject, pod: JsonValue): JsonObject {
  const limits = asObject(resources['limits']) ?? {};
  if (Object.keys(limits).length === 0) return resources;
  const ofContainers = pick(containerRequests(pod), (name) => isPodLevelResource(name) && isOvercommitAllowed(name));
  const podLimits = Object.fromEntries(Object.entries(limits).filter(([name]) => isPodLevelResource(name)));
  const requests = fillIn(fillIn(asObject(resources['requests']) ?? {}, ofContainers), podLimits);
  return withList(resources, 'requests', requests);
}

function withList(resources: JsonObject, name: string, list: JsonObject): JsonObject {
  return Object.keys(list).length === 0 ? resources : updateField(resources, name, () => list);
}

function pick(list: ResourceList, wanted: (name: string) => boolean): JsonObject {
  return Object.fromEntries(
    [...list].filter(([name]) => wanted(name)).map(([name, quantity]) => [name, formatQuantity(quantity)]),
  );
}

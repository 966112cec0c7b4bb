import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { PORTS_FULL } from './port-pool.ts';
import type { PortPool } from './port-pool.ts';

/** What stops the allocation of ports: at a field, or as an error of the server. */
export type PortProblem =
  | { readonly field: string; readonly value: number; readonly message: string }
  | { readonly error: string };

/**
 * The spec of a Service with its Node ports.
 * Source: pkg/registry/core/service/storage/alloc.go `txnAllocNodePorts`, `txnUpdateNodePorts`, 1.36.
 */
export function withNodePorts(
  service: KubernetesObject,
  old: KubernetesObject | undefined,
  pool: PortPool,
): JsonObject | PortProblem {
  const spec = objectAt(service, 'spec') ?? {};
  if (old !== undefined && hasPorts(old) && !hasPorts(service))
    for (const port of nodePortsOf(old)) pool.releaseLater(port);
  const ports = hasPorts(service)
    ? old === undefined
      ? initPorts(service, pool)
      : updatePorts(service, old, pool)
    : arrayAt(spec, 'ports');
  if (!Array.isArray(ports)) return ports as PortProblem;
  const changed = ports.some((port, index) => port !== arrayAt(spec, 'ports')[index]);
  return withHealthPort(changed ? { ...spec, ports } : spec, old, pool);
}

function hasPorts(service: KubernetesObject): boolean {
  return ['NodePort', 'LoadBalancer'].includes(stringAt(service, 'spec', 'type') ?? '');
}

/** Source: `shouldAllocateNodePorts`. */
function givesPorts(service: KubernetesObject): boolean {
  return (
    stringAt(service, 'spec', 'type') === 'NodePort' ||
    valueAt(service, 'spec', 'allocateLoadBalancerNodePorts') !== false
  );
}

/** The Node ports of a Service, and the one with which load balancers ask. Source: `releaseAllocatedResources`. */
export function portsHeldBy(service: KubernetesObject): readonly number[] {
  const health = needsHealthPort(service) ? (numberAt(service, 'spec', 'healthCheckNodePort') ?? 0) : 0;
  return [...nodePortsOf(service), ...(health > 0 ? [health] : [])];
}

function nodePortsOf(service: KubernetesObject): readonly number[] {
  return arrayAt(service, 'spec', 'ports')
    .map((port) => numberAt(port, 'nodePort') ?? 0)
    .filter((port) => port !== 0);
}

/** Ports of one number, of several protocols, share a Node port. Source: `initNodePorts`. */
function initPorts(service: KubernetesObject, pool: PortPool): readonly JsonValue[] | PortProblem {
  const ports = arrayAt(service, 'spec', 'ports');
  const byPort = new Map<number, number>();
  const given: JsonValue[] = [];
  for (const [index, port] of ports.entries()) {
    const [number, wanted] = [numberAt(port, 'port') ?? 0, numberAt(port, 'nodePort') ?? 0];
    if (wanted === 0 && !givesPorts(service)) {
      given.push(port);
      continue;
    }
    const shared = byPort.get(number);
    let nodePort = wanted;
    if (shared === undefined) {
      nodePort =
        ports
          .map((other) => (numberAt(other, 'port') === number ? (numberAt(other, 'nodePort') ?? 0) : 0))
          .find(Boolean) ?? 0;
      if (nodePort === 0) {
        const free = pool.takeNext();
        if (free === undefined) return { error: `failed to allocate a nodePort: ${PORTS_FULL}` };
        nodePort = free;
      } else {
        const message = pool.take(nodePort);
        if (message !== undefined) return { field: `spec.ports[${index}].nodePort`, value: nodePort, message };
      }
      byPort.set(number, nodePort);
    } else if (wanted === 0) nodePort = shared;
    else if (wanted !== shared) {
      const message = pool.take(wanted);
      if (message !== undefined) return { field: `spec.ports[${index}].nodePort`, value: wanted, message };
    }
    given.push(nodePort === wanted ? port : { ...asObject(port), nodePort });
  }
  return given;
}

/** Source: `updateNodePorts`. */
function updatePorts(
  service: KubernetesObject,
  old: KubernetesObject,
  pool: PortPool,
): readonly JsonValue[] | PortProblem {
  const before = nodePortsOf(old);
  const own = new Set<number>();
  const seen = new Set<string>();
  const given: JsonValue[] = [];
  for (const [index, port] of arrayAt(service, 'spec', 'ports').entries()) {
    const wanted = numberAt(port, 'nodePort') ?? 0;
    if (wanted === 0 && !givesPorts(service)) {
      given.push(port);
      continue;
    }
    let nodePort = wanted;
    if (wanted === 0) {
      const free = pool.takeNext();
      if (free === undefined) return { error: `failed to allocate a nodePort: ${PORTS_FULL}` };
      nodePort = free;
    } else if (!before.includes(wanted) && !own.has(wanted)) {
      const message = pool.take(wanted);
      if (message !== undefined) return { field: `spec.ports[${index}].nodePort`, value: wanted, message };
      own.add(wanted);
    }
    const protocol = stringAt(port, 'protocol') ?? 'TCP';
    if (seen.has(`${protocol}/${nodePort}`)) return { error: `duplicate nodePort: {${protocol} ${nodePort}}` };
    seen.add(`${protocol}/${nodePort}`);
    given.push(nodePort === wanted ? port : { ...asObject(port), nodePort });
  }
  const after = new Set(given.map((port) => numberAt(port, 'nodePort') ?? 0));
  for (const port of before) if (!after.has(port)) pool.releaseLater(port);
  return given;
}

/** Source: pkg/api/service/util.go `NeedsHealthCheck`, 1.36. */
function needsHealthPort(service: KubernetesObject): boolean {
  return (
    stringAt(service, 'spec', 'type') === 'LoadBalancer' &&
    stringAt(service, 'spec', 'externalTrafficPolicy') === 'Local'
  );
}

/** Source: `allocHealthCheckNodePort`, `updateHealthCheckNodePort`. */
function withHealthPort(spec: JsonObject, old: KubernetesObject | undefined, pool: PortPool): JsonObject | PortProblem {
  const needed = old !== undefined && needsHealthPort(old);
  const needs = needsHealthPort({ apiVersion: 'v1', kind: 'Service', spec });
  if (needed && !needs) pool.releaseLater(numberAt(old, 'spec', 'healthCheckNodePort') ?? 0);
  if (needed || !needs) return spec;
  const wanted = numberAt(spec, 'healthCheckNodePort') ?? 0;
  if (wanted !== 0) {
    const message = pool.take(wanted);
    return message === undefined
      ? spec
      : { error: `failed to allocate requested HealthCheck NodePort ${wanted}: ${message}` };
  }
  const free = pool.takeNext();
  return free === undefined
    ? { error: `failed to allocate a HealthCheck NodePort 0: ${PORTS_FULL}` }
    : { ...spec, healthCheckNodePort: free };
}

export function isProblem(result: JsonObject | PortProblem): result is PortProblem {
  return 'error' in result || 'message' in result;
}

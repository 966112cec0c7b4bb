import { addressAt, cidrSize, formatIp, parseCidr } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { assert } from '../../../base/assert.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { Refusal } from '../status.ts';
import type { Server } from '../state.ts';
import type { Allocated } from './allocate.ts';

const NONE = 'None';

/**
 * The cluster address and the Node ports of a Service; each address is an IPAddress object besides.
 * Source: pkg/registry/core/service/storage/alloc.go and ipallocator/ipallocator.go, 1.36.
 */
export function allocateService(
  server: Server,
  service: KubernetesObject,
  old: KubernetesObject | undefined,
): Allocated | Refusal {
  const spec = objectAt(service, 'spec') ?? {};
  const address = addressFor(server, service, spec, old);
  if (typeof address === 'object') return address;
  const ports = withNodePorts(server, service, spec);
  if (!('ports' in ports)) return ports;
  const before = addressOf(old);
  const isNew = address !== undefined && address !== before;
  // A Service that becomes an ExternalName gives its address back.
  const isLeft = before !== undefined && address === undefined;
  const changes: JsonObject = {
    ...(address === undefined || stringAt(spec, 'clusterIP') === address
      ? {}
      : { clusterIP: address, clusterIPs: [address] }),
    ...(ports.ports === spec['ports'] ? {} : { ports: ports.ports }),
  };
  return {
    object: Object.keys(changes).length === 0 ? service : { ...service, spec: { ...spec, ...changes } },
    ...(isNew ? { before: [createAddress(service, address)], undo: [deleteAddress(address)] } : {}),
    ...(isLeft ? { after: [deleteAddress(before)] } : {}),
  };
}

export function releaseService(_: Server, service: KubernetesObject): readonly ApiCall[] {
  const address = addressOf(service);
  return address === undefined ? [] : [deleteAddress(address)];
}

/** The address that was allocated for a Service; undefined where it has none. */
function addressOf(service: KubernetesObject | undefined): string | undefined {
  const address = stringAt(service, 'spec', 'clusterIP') ?? '';
  return address === '' || address === NONE ? undefined : address;
}

/** Undefined where the Service needs none. */
function addressFor(
  server: Server,
  service: KubernetesObject,
  spec: JsonObject,
  old: KubernetesObject | undefined,
): string | undefined | Refusal {
  const wanted = stringAt(spec, 'clusterIP') ?? '';
  if (stringAt(spec, 'type') === 'ExternalName' || wanted === NONE) return undefined;
  if (wanted !== '' && wanted === stringAt(old, 'spec', 'clusterIP')) return wanted;
  const taken = server.state.caches.get('ipaddresses.networking.k8s.io')!.view;
  if (wanted === '') return freeAddress(server, service, (address) => taken.get(undefined, address) !== undefined);
  if (taken.get(undefined, wanted) === undefined) return wanted;
  const message = `Invalid value: ["${wanted}"]: failed to allocate IP ${wanted}: provided IP is already allocated`;
  return invalidService(service, 'spec.clusterIPs', message);
}

/**
 * By chance from the upper part of the network: the lower is left to those who ask for an address.
 * Source: ipallocator.go `calculateRangeOffset`, 1.36: min(max(16, size / 16), 256).
 */
function freeAddress(
  { state, context }: Server,
  service: KubernetesObject,
  isTaken: (address: string) => boolean,
): string {
  const cidr = parseCidr(state.settings.serviceNetwork);
  assert(cidr !== undefined, 'the network of Services is no CIDR');
  // Neither the first address nor the last is given.
  const size = Number(cidrSize(cidr)) - 2;
  const offset = size <= 16 ? 0 : Math.min(Math.max(16, Math.trunc(size / 16)), 256);
  const purpose = `clusterIP/${namespaceOf(service) ?? ''}/${nameOf(service)}/${context.next('clusterIP')}`;
  const start = context.random.integer(purpose, offset, size - 1);
  for (let step = 0; step < size; step++) {
    const address = addressAt(cidr, BigInt(((start + step) % size) + 1));
    const text = address === undefined ? '' : formatIp(address);
    if (text !== '' && !isTaken(text)) return text;
  }
  return '';
}

const IP_ADDRESSES = { group: 'networking.k8s.io', version: 'v1', plural: 'ipaddresses' } as const;

/** Source: ipallocator.go `createIPAddress`, 1.36. */
function createAddress(service: KubernetesObject, address: string): ApiCall {
  const body: KubernetesObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name: address,
      labels: {
        'ipaddress.kubernetes.io/ip-family': address.includes(':') ? 'IPv6' : 'IPv4',
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: {
      parentRef: { group: '', resource: 'services', namespace: namespaceOf(service) ?? '', name: nameOf(service) },
    },
  };
  return { verb: 'create', resource: IP_ADDRESSES, body };
}

function deleteAddress(address: string): ApiCall {
  return { verb: 'delete', resource: IP_ADDRESSES, name: address };
}

/** Source: pkg/kubeapiserver/options/options.go `DefaultServiceNodePortRange`; portallocator/allocator.go, 1.36. */
const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2768;
const STATIC_NODE_PORTS = 86;

function withNodePorts(
  { state, context }: Server,
  service: KubernetesObject,
  spec: JsonObject,
): { readonly ports: JsonValue | undefined } | Refusal {
  const type = stringAt(spec, 'type');
  const isSwitchedOff = type === 'LoadBalancer' && spec['allocateLoadBalancerNodePorts'] === false;
  const ports = arrayAt(spec, 'ports');
  if ((type !== 'NodePort' && type !== 'LoadBalancer') || isSwitchedOff) return { ports: spec['ports'] };
  const taken = new Set<number>();
  for (const other of state.caches.get('services')!.view.list())
    if (other['metadata'] === undefined || !isSame(other, service))
      for (const port of arrayAt(other, 'spec', 'ports')) taken.add(numberAt(port, 'nodePort') ?? 0);
  let changed = false;
  const given: JsonValue[] = [];
  for (const [index, port] of ports.entries()) {
    const wanted = numberAt(port, 'nodePort') ?? 0;
    if (wanted !== 0 && taken.has(wanted))
      return invalidService(
        service,
        `spec.ports[${index}].nodePort`,
        `Invalid value: ${wanted}: provided port is already allocated`,
      );
    if (wanted !== 0) {
      given.push(port);
      continue;
    }
    const nodePort = freePort(context, service, taken);
    taken.add(nodePort);
    changed = true;
    given.push({ ...asObject(port), nodePort });
  }
  return { ports: changed ? given : spec['ports'] };
}

function freePort(context: Server['context'], service: KubernetesObject, taken: ReadonlySet<number>): number {
  const purpose = `nodePort/${namespaceOf(service) ?? ''}/${nameOf(service)}/${context.next('nodePort')}`;
  const start = context.random.integer(purpose, STATIC_NODE_PORTS, NODE_PORTS - 1);
  for (let step = 0; step < NODE_PORTS; step++) {
    const port = FIRST_NODE_PORT + ((start + step) % NODE_PORTS);
    if (!taken.has(port)) return port;
  }
  return 0;
}

function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  return nameOf(a) === nameOf(b) && namespaceOf(a) === namespaceOf(b);
}

function invalidService(service: KubernetesObject, field: string, message: string): Refusal {
  return {
    code: 422,
    reason: 'Invalid',
    message: `Service "${nameOf(service)}" is invalid: ${field}: ${message}`,
    details: { name: nameOf(service), kind: 'Service', causes: [{ reason: 'FieldValueInvalid', message, field }] },
  };
}

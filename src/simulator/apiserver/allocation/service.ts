import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import { parseIp } from '../../../apimachinery/ip.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { internalError } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Server } from '../state.ts';
import type { Allocated } from './allocate.ts';
import { FULL, NO_NETWORK, ipPool, nextAddress, refusedAddress } from './ip-pool.ts';
import type { IpPool } from './ip-pool.ts';
import { isProblem, portsHeldBy, withNodePorts } from './node-ports.ts';
import { NODE_PORTS, PortPool } from './port-pool.ts';
import type { PortChange } from './port-storage.ts';

const NONE = 'None';

/**
 * The cluster address and the Node ports of a Service; each address is an IPAddress object besides.
 * Source: pkg/registry/core/service/storage/alloc.go, 1.36.
 */
export function allocateService(
  server: Server,
  service: KubernetesObject,
  old: KubernetesObject | undefined,
): Allocated | Refusal {
  const family = refusedFamily(service, old);
  if (family !== undefined) return family;
  const address = addressFor(server, service, old);
  if (typeof address === 'object') return address;
  const pool = new PortPool(NODE_PORTS, server.state.heldPorts.ports, pickFor(server, service, 'nodePort'));
  const spec = withNodePorts(service, old, pool);
  if (isProblem(spec))
    return 'error' in spec ? internalError(spec.error) : invalid(service, spec.field, spec.value, spec.message);
  const before = addressOf(old);
  const isNew = address !== undefined && address !== before;
  // A Service that becomes an ExternalName gives its address back.
  const isLeft = before !== undefined && address === undefined;
  const ports = portChange(pool.taken, pool.released);
  return {
    object: { ...service, spec: withAddress(spec, address) },
    ...(isNew ? { before: [createAddress(service, address)], undo: [deleteAddress(address)] } : {}),
    ...(isLeft ? { after: [deleteAddress(before)] } : {}),
    ...(ports === undefined ? {} : { ports }),
  };
}

function withAddress(spec: JsonObject, address: string | undefined): JsonObject {
  if (address === undefined || stringAt(spec, 'clusterIP') === address) return spec;
  return { ...spec, clusterIP: address, clusterIPs: [address] };
}

function portChange(take: readonly number[], give: readonly number[]): PortChange | undefined {
  return take.length + give.length === 0 ? undefined : { take, give };
}

/** What a Service that is gone gives back. */
export function releaseService(service: KubernetesObject): Pick<Allocated, 'after' | 'ports'> {
  const address = addressOf(service);
  const ports = portChange([], portsHeldBy(service));
  return {
    ...(address === undefined ? {} : { after: [deleteAddress(address)] }),
    ...(ports === undefined ? {} : { ports }),
  };
}

/** The address that was allocated for a Service; undefined where it has none. */
function addressOf(service: KubernetesObject | undefined): string | undefined {
  const address = stringAt(service, 'spec', 'clusterIP') ?? '';
  return address === '' || address === NONE ? undefined : address;
}

function texts(object: KubernetesObject | undefined, field: string): readonly string[] {
  return arrayAt(object, 'spec', field).flatMap((text) => asString(text) ?? []);
}

/** A cluster of the default flags has IPv4 Services only. Source: `initIPFamilyFields`. */
function refusedFamily(service: KubernetesObject, old: KubernetesObject | undefined): Refusal | undefined {
  const isOpen = stringAt(service, 'spec', 'clusterIP') === NONE && objectAt(service, 'spec', 'selector') === undefined;
  if (stringAt(service, 'spec', 'type') === 'ExternalName' || isOpen) return undefined;
  const families = texts(service, 'ipFamilies');
  if (families.every((family, index) => family === texts(old, 'ipFamilies')[index]) && old !== undefined)
    return undefined;
  const place = texts(service, 'clusterIPs').findIndex((address) => address.includes(':'));
  if (place >= 0)
    return invalid(
      service,
      `spec.clusterIPs[${place}]`,
      texts(service, 'clusterIPs'),
      'IPv6 is not configured on this cluster',
    );
  if (stringAt(service, 'spec', 'ipFamilyPolicy') === 'RequireDualStack')
    return invalid(
      service,
      'spec.ipFamilyPolicy',
      'RequireDualStack',
      'this cluster is not configured for dual-stack services',
    );
  const other = families.indexOf('IPv6');
  if (other < 0) return undefined;
  return invalid(service, `spec.ipFamilies[${other}]`, 'IPv6', 'not configured on this cluster');
}

/** Undefined where the Service needs none, or asks for what is no address. */
function addressFor(
  server: Server,
  service: KubernetesObject,
  old: KubernetesObject | undefined,
): string | undefined | Refusal {
  const wanted = stringAt(service, 'spec', 'clusterIP') ?? '';
  if (stringAt(service, 'spec', 'type') === 'ExternalName' || wanted === NONE) return undefined;
  if (wanted !== '' && wanted === stringAt(old, 'spec', 'clusterIP')) return wanted;
  if (wanted !== '' && parseIp(wanted) === undefined) return undefined;
  const addresses = server.state.caches.get('ipaddresses.networking.k8s.io')?.view;
  const isTaken = (address: string): boolean => addresses?.get(undefined, address) !== undefined;
  const pools = poolsOf(server);
  if (wanted !== '') {
    const problem = refusedIn(pools, wanted, isTaken);
    if (problem === undefined) return wanted;
    return invalid(service, 'spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: ${problem}`);
  }
  const pick = pickFor(server, service, 'clusterIP');
  for (const pool of pools) {
    const address = nextAddress(pool, pick, isTaken);
    if (address !== undefined) return address;
  }
  return internalError(`failed to allocate a serviceIP for Service "${nameOf(service)}": ${FULL}`);
}

function refusedIn(pools: readonly IpPool[], wanted: string, isTaken: (address: string) => boolean) {
  const problems = pools.map((pool) => refusedAddress(pool, wanted, isTaken));
  if (problems.includes(undefined)) return undefined;
  // An address of no network at all is said to be of none.
  return problems.find((problem) => problem?.startsWith('the provided IP') === false) ?? outOf(pools, wanted);
}

function outOf(pools: readonly IpPool[], wanted: string): string {
  const near = pools.find(({ cidr }) => {
    const address = parseIp(wanted);
    return address !== undefined && isIn(cidr, address.value);
  });
  return (near && refusedAddress(near, wanted, () => false)) ?? NO_NETWORK;
}

function isIn({ network, prefixLength, family }: IpPool['cidr'], value: bigint): boolean {
  const bits = BigInt((family === 4 ? 32 : 128) - prefixLength);
  return value >> bits === network >> bits;
}

/**
 * The networks of Services that are ready, in order of their names.
 * Source: ipallocator/cidrallocator.go `syncAllocators`, 1.36, which asks them in no order.
 */
function poolsOf({ state }: Server): readonly IpPool[] {
  const networks = state.caches.get('servicecidrs.networking.k8s.io')?.view.list() ?? [];
  const found = networks
    .filter((network) => hasCondition(conditionsOf(network), 'Ready', 'True') && !isBeingDeleted(network))
    .flatMap((network) => texts(network, 'cidrs'));
  return [...new Set(found)].flatMap((cidr) => ipPool(cidr) ?? []).filter(({ cidr }) => cidr.family === 4);
}

/** Chance for one Service. */
function pickFor(
  { context }: Server,
  service: KubernetesObject,
  what: string,
): (least: number, most: number) => number {
  const purpose = `${what}/${namespaceOf(service) ?? ''}/${nameOf(service)}/${context.next(what)}`;
  let draws = 0;
  return (least, most) => context.random.integer(`${purpose}/${draws++}`, least, most);
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

function invalid(
  service: KubernetesObject,
  field: string,
  value: string | number | readonly string[],
  why: string,
): Refusal {
  const name = nameOf(service);
  const message = `Invalid value: ${JSON.stringify(value)}: ${why}`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `Service "${name}" is invalid: ${field}: ${message}`,
    details: { name, kind: 'Service', causes: [{ reason: 'FieldValueInvalid', message, field }] },
  };
}

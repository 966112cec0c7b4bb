import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import { parseIp } from '../../../apimachinery/ip.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { validateAddresses } from '../../../kinds/service/service-addresses.ts';
import { sameTexts } from '../../../kinds/service/service-spec.ts';
import { textsAt } from '../../../kinds/shared/validation/fields.ts';
import { invalidObject } from '../../../kinds/verdict.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { refusalOf } from '../refusal-of.ts';
import { internalError, isRefusal } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Server } from '../state.ts';
import type { Allocated } from './allocate.ts';
import { FULL, NO_NETWORK, ipPool, nextAddress, refusedAddress } from './ip-pool.ts';
import type { IpPool } from './ip-pool.ts';
import { isProblem, portsHeldBy, withNodePorts } from './node-ports.ts';
import { NODE_PORTS, PortPool } from './port-pool.ts';
import type { PortChange } from './port-storage.ts';
import { familyName } from '../../network/addresses.ts';
import { clusterFactsOf } from './service-networks.ts';

const NONE = 'None';

/**
 * The cluster addresses and the Node ports of a Service; each address is an IPAddress object besides.
 * Source: pkg/registry/core/service/storage/alloc.go `allocateCreate`, `allocateUpdate`, 1.36.
 */
export function allocateService(
  server: Server,
  service: KubernetesObject,
  old: KubernetesObject | undefined,
): Allocated | Refusal {
  const wrong = validateAddresses(valueAt(service, 'spec'), valueAt(old, 'spec'));
  if (wrong.length > 0) return refusalOf(invalidObject({ group: '', kind: 'Service' }, nameOf(service), wrong));
  const family = refusedFamily(service, old, clusterFactsOf(server).serviceFamilies);
  if (family !== undefined) return family;
  const addresses = addressesFor(server, service, old);
  if (isRefusal(addresses)) return addresses;
  const pool = new PortPool(NODE_PORTS, server.state.heldPorts.ports, pickFor(server, service, 'nodePort'));
  const spec = withNodePorts(service, old, pool);
  if (isProblem(spec))
    return 'error' in spec ? internalError(spec.error) : invalid(service, spec.field, spec.value, spec.message);
  const before = addressesOf(old);
  const taken = addresses.filter((address) => parseIp(address) !== undefined && !before.includes(address));
  // A Service that becomes an ExternalName, or of one family again, gives addresses back.
  const left = before.filter((address) => !addresses.includes(address));
  const ports = portChange(pool.taken, pool.released);
  return {
    object: { ...service, spec: withAddresses(spec, addresses) },
    ...(taken.length === 0
      ? {}
      : { before: taken.map((address) => createAddress(service, address)), undo: taken.map(deleteAddress) }),
    ...(left.length === 0 ? {} : { after: left.map(deleteAddress) }),
    ...(ports === undefined ? {} : { ports }),
  };
}

function withAddresses(spec: JsonObject, addresses: readonly string[]): JsonObject {
  const [first] = addresses;
  if (first === undefined || sameTexts(addresses, textsAt(spec, 'clusterIPs'))) return spec;
  return { ...spec, clusterIP: first, clusterIPs: addresses };
}

function portChange(take: readonly number[], give: readonly number[]): PortChange | undefined {
  return take.length + give.length === 0 ? undefined : { take, give };
}

/** What a Service that is gone gives back. */
export function releaseService(service: KubernetesObject): Pick<Allocated, 'after' | 'ports'> {
  const addresses = addressesOf(service);
  const ports = portChange([], portsHeldBy(service));
  return {
    ...(addresses.length === 0 ? {} : { after: addresses.map(deleteAddress) }),
    ...(ports === undefined ? {} : { ports }),
  };
}

/** The addresses that were allocated for a Service. */
export function addressesOf(service: KubernetesObject | undefined): readonly string[] {
  if (stringAt(service, 'spec', 'type') === 'ExternalName') return [];
  const [one, all] = [stringAt(service, 'spec', 'clusterIP') ?? '', texts(service, 'clusterIPs')];
  if (one === NONE || all[0] === NONE) return [];
  return all.length > 0 ? all : one === '' ? [] : [one];
}

function texts(object: KubernetesObject | undefined, field: string): readonly string[] {
  return arrayAt(object, 'spec', field).flatMap((text) => asString(text) ?? []);
}

/** What of a Service is for another cluster than this one. Source: `initIPFamilyFields`. */
function refusedFamily(
  service: KubernetesObject,
  old: KubernetesObject | undefined,
  configured: readonly string[],
): Refusal | undefined {
  const selector = objectAt(service, 'spec', 'selector') ?? {};
  const isOpen = stringAt(service, 'spec', 'clusterIP') === NONE && Object.keys(selector).length === 0;
  if (stringAt(service, 'spec', 'type') === 'ExternalName' || isOpen) return undefined;
  const families = texts(service, 'ipFamilies');
  const policy = stringAt(service, 'spec', 'ipFamilyPolicy') ?? '';
  const isSame = sameTexts(texts(old, 'ipFamilies'), families) && stringAt(old, 'spec', 'ipFamilyPolicy') === policy;
  if (old !== undefined && isSame && sameTexts(texts(old, 'clusterIPs'), texts(service, 'clusterIPs')))
    return undefined;
  const addresses = texts(service, 'clusterIPs').filter((address) => address !== NONE);
  const place = addresses.findIndex((address) => !configured.includes(familyName(address)));
  if (place >= 0)
    return invalid(
      service,
      `spec.clusterIPs[${place}]`,
      addresses,
      `${familyName(addresses[place]!)} is not configured on this cluster`,
    );
  if (policy === 'RequireDualStack' && configured.length < 2)
    return invalid(service, 'spec.ipFamilyPolicy', policy, 'this cluster is not configured for dual-stack services');
  const other = families.findIndex((family) => !configured.includes(family));
  if (other < 0) return undefined;
  return invalid(service, `spec.ipFamilies[${other}]`, families[other]!, 'not configured on this cluster');
}

/** One address for each family, those that are there already first; those that are no addresses are left to the rules. */
function addressesFor(
  server: Server,
  service: KubernetesObject,
  old: KubernetesObject | undefined,
): readonly string[] | Refusal {
  const wanted = texts(service, 'clusterIPs');
  if (stringAt(service, 'spec', 'type') === 'ExternalName') return [];
  if (stringAt(service, 'spec', 'clusterIP') === NONE || wanted[0] === NONE) return wanted;
  const before = addressesOf(old);
  const given: string[] = [];
  for (const [index, family] of texts(service, 'ipFamilies').entries()) {
    const own = wanted[index] ?? '';
    const isKept = own !== '' && (before.includes(own) || parseIp(own) === undefined);
    const address = isKept ? own : addressFor(server, service, family, own);
    if (typeof address !== 'string') return address;
    given.push(address);
  }
  return [...given, ...wanted.slice(given.length)];
}

function addressFor(server: Server, service: KubernetesObject, family: string, wanted: string): string | Refusal {
  const addresses = server.state.caches.get('ipaddresses.networking.k8s.io')?.view;
  const isTaken = (address: string): boolean => addresses?.get(undefined, address) !== undefined;
  const pools = poolsOf(server, family);
  if (wanted !== '') {
    const problem = refusedIn(pools, wanted, isTaken);
    if (problem === undefined) return wanted;
    return invalid(
      service,
      'spec.clusterIPs',
      texts(service, 'clusterIPs'),
      `failed to allocate IP ${wanted}: ${problem}`,
    );
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
function poolsOf({ state }: Server, family: string): readonly IpPool[] {
  const networks = state.caches.get('servicecidrs.networking.k8s.io')?.view.list() ?? [];
  const found = networks
    .filter((network) => hasCondition(conditionsOf(network), 'Ready', 'True') && !isBeingDeleted(network))
    .flatMap((network) => texts(network, 'cidrs'));
  return [...new Set(found)].flatMap((cidr) => (familyName(cidr) === family ? (ipPool(cidr) ?? []) : []));
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

export const IP_ADDRESSES = { group: 'networking.k8s.io', version: 'v1', plural: 'ipaddresses' } as const;

/** Source: ipallocator.go `createIPAddress`, 1.36. */
export function createAddress(service: KubernetesObject, address: string): ApiCall {
  const body: KubernetesObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name: address,
      labels: {
        'ipaddress.kubernetes.io/ip-family': familyName(address),
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: {
      parentRef: { group: '', resource: 'services', namespace: namespaceOf(service) ?? '', name: nameOf(service) },
    },
  };
  return { verb: 'create', resource: IP_ADDRESSES, body };
}

export function deleteAddress(address: string): ApiCall {
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

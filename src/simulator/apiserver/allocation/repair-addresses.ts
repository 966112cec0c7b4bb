import { formatIp, parseIp } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import { keyOf } from '../../client/view.ts';
import type { Controller, Outcome, ReconcileContext } from '../../controllers/controller.ts';
import { SERVICES } from '../../controllers/resources.ts';
import { runTimeOf } from '../../controllers/workload/pod-state.ts';
import { ipPool, refusedAddress } from './ip-pool.ts';
import { IP_ADDRESSES, addressesOf, createAddress, deleteAddress } from './service.ts';
import { familyName } from '../../network/addresses.ts';

const SERVICE_CIDRS = { group: 'networking.k8s.io', version: 'v1', plural: 'servicecidrs' } as const;

/** Source: pkg/controlplane/instance.go `repairLoopInterval`, 1.36.2. */
const REPAIR_MS = 3 * 60_000;
/** How long a request may take: until then an address may wait for its Service. Source: `syncIPAddress`. */
const REQUEST_MS = 60_000;
/** How long an address that was made for a Service which is there already may wait to go again. */
const REVERT_MS = 5000;

/**
 * Holds Services and their IPAddresses to each other: what is missing is made, what points elsewhere is made anew, what has
 * leaked goes; what cannot be mended is told in Events.
 * Source: pkg/registry/core/service/ipallocator/controller/repairip.go, 1.36.2.
 */
export const addressRepair: Controller = {
  name: 'ipallocator-repair-controller',
  process: 'kube-apiserver',
  workers: 10,
  watches: [
    { resource: SERVICES, keysOf: ({ key }) => [`service ${key}`] },
    { resource: IP_ADDRESSES, keysOf: ({ key }) => [`address ${key}`] },
    { resource: SERVICE_CIDRS, keysOf: () => [] },
  ],
  resync: {
    everyMs: REPAIR_MS,
    keysOf: (caches) => [
      ...caches
        .view(SERVICES)
        .list()
        .map((service) => `service ${keyOf(namespaceOf(service), nameOf(service))}`),
      ...caches
        .view(IP_ADDRESSES)
        .list()
        .map((address) => `address ${nameOf(address)}`),
    ],
  },
  reconcile(context, key) {
    const [what, place = ''] = key.split(' ');
    return what === 'service' ? syncService(context, place) : syncAddress(context, place);
  },
};

/** Source: `syncService`. */
function syncService(context: ReconcileContext, key: string): Outcome | undefined {
  const service = context.view(SERVICES).getKey(key);
  if (service === undefined) return undefined;
  for (const written of addressesOf(service)) {
    const parsed = parseIp(written);
    const tell = (reason: string, message: string): void => context.event(service, 'Warning', reason, message);
    if (parsed === undefined) {
      tell('ClusterIPNotValid', 'Cluster IP <nil> is not a valid IP; please recreate Service');
      continue;
    }
    const ip = formatIp(parsed);
    const told = `[${familyName(ip)}]: ${ip}`;
    if (isOutOfRange(context, ip)) {
      tell(
        'ClusterIPOutOfRange',
        `Cluster IP ${told} is not within any configured Service CIDR; please recreate service`,
      );
      continue;
    }
    const failed = repair(context, service, ip, told, tell);
    if (failed !== undefined) return { failed };
  }
  return undefined;
}

type Tell = (reason: string, message: string) => void;

/** What stands against it, where it cannot be mended. */
function repair(
  context: ReconcileContext,
  service: KubernetesObject,
  ip: string,
  told: string,
  tell: Tell,
): string | undefined {
  const address = context.view(IP_ADDRESSES).getKey(ip);
  if (address === undefined) {
    tell('ClusterIPNotAllocated', `Cluster IP ${told} is not allocated; repairing`);
    return failure(context, createAddress(service, ip));
  }
  const parent = parentOf(address);
  const wrong = `the ClusterIP ${told} for Service ${keyOf(namespaceOf(service), nameOf(service))} has a wrong reference; repairing`;
  if (!parent.isService) {
    tell('ClusterIPNotAllocated', wrong);
    return recreate(context, service, ip);
  }
  if (parent.key !== keyOf(namespaceOf(service), nameOf(service))) {
    const other = context.view(SERVICES).getKey(parent.key);
    if (other === undefined) {
      tell('ClusterIPNotAllocated', wrong);
      return recreate(context, service, ip);
    }
    if (arrayAt(other, 'spec', 'clusterIPs').includes(ip))
      tell(
        'ClusterIPAlreadyAllocated',
        `Cluster IP [${familyName(ip)}]:${ip} was assigned to multiple services; please recreate service`,
      );
  }
  const isLabelled =
    labelsOf(address).get('ipaddress.kubernetes.io/ip-family') === familyName(ip) && isManagedHere(address);
  return isLabelled ? undefined : recreate(context, service, ip);
}

/** Source: `syncIPAddress`. */
function syncAddress(context: ReconcileContext, name: string): Outcome | undefined {
  const address = context.view(IP_ADDRESSES).getKey(name);
  if (address === undefined || !isManagedHere(address)) return undefined;
  const parent = parentOf(address);
  const tell = (reason: string, message: string): void => context.event(address, 'Warning', reason, message);
  if (!parent.isService) {
    const { group, resource, namespace, owner } = parent;
    tell(
      'IPAddressNotAllocated',
      `IPAddress ${name} appears to have been modified, not referencing a Service &ParentReference{Group:${group},Resource:${resource},Namespace:${namespace},Name:${owner},}: cleaning up`,
    );
    return removed(context, name);
  }
  const service = context.view(SERVICES).getKey(parent.key);
  const madeMs = timeMsOf(address);
  const ageMs = context.nowMs - madeMs;
  if (service === undefined) {
    if (ageMs <= REQUEST_MS) return { requeueAfterMs: REQUEST_MS - ageMs + 1, as: 'check' };
    tell('IPAddressNotAllocated', `IPAddress: ${name} for Service ${parent.key} appears to have leaked: cleaning up`);
    return removed(context, name);
  }
  if (arrayAt(service, 'spec', 'clusterIPs').includes(name)) return undefined;
  if (stringAt(service, 'spec', 'type') === 'ExternalName' && ageMs < REQUEST_MS)
    return { requeueAfterMs: REQUEST_MS - ageMs, as: 'check' };
  if (madeMs > timeMsOf(service) && ageMs < REVERT_MS) return { requeueAfterMs: REVERT_MS, as: 'check' };
  tell('IPAddressWrongReference', `IPAddress: ${name} for Service ${parent.key} has a wrong reference; cleaning up`);
  return removed(context, name);
}

function timeMsOf(object: KubernetesObject): number {
  return runTimeOf(stringAt(object, 'metadata', 'creationTimestamp')) ?? 0;
}

function parentOf(address: KubernetesObject) {
  const said = (field: string): string => stringAt(address, 'spec', 'parentRef', field) ?? '';
  const [group, resource, namespace, owner] = [said('group'), said('resource'), said('namespace'), said('name')];
  const isService = group === '' && resource === 'services';
  return { isService, group, resource, namespace, owner, key: keyOf(namespace, owner) };
}

function isManagedHere(address: KubernetesObject): boolean {
  return labelsOf(address).get('ipaddress.kubernetes.io/managed-by') === 'ipallocator.k8s.io';
}

/** Neither the address of a network itself nor, of IPv4, the one for all. Source: pkg/api/servicecidr/servicecidr.go `ContainsIP`. */
function isOutOfRange(context: ReconcileContext, ip: string): boolean {
  const networks = context
    .view(SERVICE_CIDRS)
    .list()
    .flatMap((network) => arrayAt(network, 'spec', 'cidrs').flatMap((cidr) => ipPool(String(cidr)) ?? []));
  return !networks.some((pool) => refusedAddress(pool, ip, () => false) === undefined);
}

function recreate(context: ReconcileContext, service: KubernetesObject, ip: string): string | undefined {
  const gone = context.api.call(deleteAddress(ip));
  return gone.ok || gone.code === 404 ? failure(context, createAddress(service, ip)) : gone.message;
}

function failure({ api }: ReconcileContext, call: ReturnType<typeof createAddress>): string | undefined {
  const made = api.call(call);
  return made.ok ? undefined : made.message;
}

function removed({ api }: ReconcileContext, name: string): Outcome | undefined {
  const gone = api.call(deleteAddress(name));
  return gone.ok || gone.code === 404 ? undefined : { failed: gone.message };
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { objectAt } from '../../base/json.ts';
import { hashOf } from '../../base/hash.ts';
import { portsHeldBy } from '../apiserver/allocation/node-ports.ts';
import { NODE_PORTS_KEY, rangeAllocation } from '../apiserver/allocation/port-storage.ts';
import { BUILT_IN, storageKeyOf } from '../apiserver/served-resources.ts';
import { timeOf } from '../kernel/clock.ts';
import { familyName, ownServiceIps } from '../network/addresses.ts';
import { networkObjects } from './network-objects.ts';
import fromServer from './data/fresh-cluster-1.36.json' with { type: 'json' };

/** A key of etcd and what stands there when a run begins. */
export interface InitialKey {
  readonly key: string;
  readonly value: KubernetesObject;
}

/** What the first objects of a cluster depend on. */
export interface FreshFacts {
  readonly serviceNetworks: readonly string[];
  readonly controlPlaneIp: string;
  readonly dnsIp: string;
  /** When they are made, in milliseconds of the run. */
  readonly nowMs: number;
  /** What the cluster is set up with beside what every cluster has. */
  readonly added: readonly KubernetesObject[];
}

/**
 * What an API server makes when it first starts, before anybody asks for anything, and what the cluster is set up with
 * beside it; as it stores it.
 */
export function freshCluster({
  serviceNetworks,
  controlPlaneIp,
  dnsIp,
  nowMs,
  added,
}: FreshFacts): readonly InitialKey[] {
  const { api, dns } = ownServiceIps(serviceNetworks);
  const facts = { serviceNetworks, apiServiceIp: api, dnsServiceIp: dns, controlPlaneIp, dnsIp, nowMs };
  const fresh = FRESH.map((object) => (isApiService(object) ? withClusterIp(object, api) : object));
  const objects = [...fresh, ...networkObjects(facts), ...added];
  const ports = objects.filter(({ kind }) => kind === 'Service').flatMap(portsHeldBy);
  const keys = objects.map((object) => {
    const resource = BUILT_IN.find(({ kind, group }) => kind === object.kind && groupOf(object) === group)!;
    const key = storageKeyOf(resource, object);
    const metadata = { ...objectAt(object, 'metadata'), uid: uidFor(key), creationTimestamp: timeOf(nowMs) };
    return { key, value: Object.freeze({ ...object, metadata }) };
  });
  return [...keys, { key: NODE_PORTS_KEY, value: rangeAllocation(ports) }];
}

/** The Service of the API server itself. */
function isApiService(object: KubernetesObject): boolean {
  return object.kind === 'Service' && nameOf(object) === 'kubernetes';
}

function withClusterIp(service: KubernetesObject, ip: string): KubernetesObject {
  const families = { ipFamilies: [familyName(ip)] };
  return { ...service, spec: { ...objectAt(service, 'spec'), clusterIP: ip, clusterIPs: [ip], ...families } };
}

const FRESH = fromServer as unknown as readonly KubernetesObject[];

function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** The same in every run: objects of a fresh cluster depend on no seed. */
function uidFor(key: string): string {
  const { high, low } = hashOf(key);
  const { high: third, low: fourth } = hashOf(key, { high: low, low: high });
  const hex = [high, low, third, fourth].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { Cluster } from '../../cluster.ts';
import { FakeCluster } from '../../controllers/testing/fake-cluster.ts';
import { timeOf } from '../../kernel/clock.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { addressRepair } from './repair-addresses.ts';
import { IP_ADDRESSES, createAddress } from './service.ts';

beforeAll(preloadKinds);

interface RepairCase {
  readonly name: string;
  readonly services: readonly {
    readonly name: string;
    readonly clusterIPs?: readonly string[];
    readonly madeS: number;
  }[];
  readonly addresses: readonly {
    readonly name: string;
    /** The Service that it is for. */
    readonly service?: string;
    readonly labels?: JsonObject;
    readonly parentRef?: JsonObject;
    readonly madeS: number;
  }[];
  readonly networks: readonly { readonly name: string; readonly cidrs: readonly string[] }[];
  readonly atS: number;
  /** The one address that is looked at; all Services and addresses where left out. */
  readonly only?: string;
  readonly left?: readonly string[];
  readonly verbs: readonly string[];
  readonly events?: readonly string[];
}

const table = upstreamFile<RepairCase>(new URL('./testdata/repair-addresses.json', import.meta.url));
const source = { area: 'kube-apiserver', file: table.source, release: table.release } as const;

const HOUR_MS = 3_600_000;
const creationTimestamp = (madeS: number): string => timeOf(HOUR_MS + madeS * 1000);

function serviceOf({ name, clusterIPs, madeS }: RepairCase['services'][number]): KubernetesObject {
  const spec =
    clusterIPs === undefined
      ? { type: 'ExternalName', externalName: 'foo.bar.com' }
      : { type: 'ClusterIP', clusterIP: clusterIPs[0]!, clusterIPs };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'bar', creationTimestamp: creationTimestamp(madeS) },
    spec,
  };
}

function addressOf({ name, service = '', labels, parentRef, madeS }: RepairCase['addresses'][number]) {
  const made = createAddress(serviceOf({ name: service, clusterIPs: [name], madeS: 0 }), name).body as KubernetesObject;
  const own = made['metadata'] as JsonObject;
  return {
    ...made,
    metadata: { ...own, ...(labels === undefined ? {} : { labels }), creationTimestamp: creationTimestamp(madeS) },
    ...(parentRef === undefined ? {} : { spec: { parentRef } }),
  } as KubernetesObject;
}

const networkOf = ({ name, cidrs }: RepairCase['networks'][number]): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name },
  spec: { cidrs },
});

describe('the repair of addresses', () => {
  upstreamEach(source)(table.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const services = one.services.map(serviceOf);
    const addresses = one.addresses.map(addressOf);
    const cluster = new FakeCluster([...services, ...addresses, ...one.networks.map(networkOf)], {
      nowMs: HOUR_MS + one.atS * 1000,
    });
    const keys =
      one.only === undefined
        ? [
            ...services.map((service) => `service ${namespaceOf(service)}/${nameOf(service)}`),
            ...addresses.map((address) => `address ${nameOf(address)}`),
          ]
        : [`address ${one.only}`];
    for (const key of keys) cluster.reconcile(addressRepair, key);
    expect(cluster.calls.map(({ verb }) => verb)).toEqual(one.verbs);
    if (one.events !== undefined)
      expect(cluster.events.map(({ type, reason, message }) => `${type} ${reason} ${message}`)).toEqual(one.events);
    expect(cluster.objects(IP_ADDRESSES).map(nameOf)).toEqual(expect.arrayContaining([...(one.left ?? [])]));
  });

  upstreamLeftOut(source, table.leftOut);
  upstreamLeftOut(
    { ...source, file: 'pkg/registry/core/service/ipallocator/controller/repair_test.go' },
    {
      all: { count: 6, reason: 'the repair of bitmaps, which a server without the gate MultiCIDRServiceAllocator has' },
    },
  );

  it('makes anew what somebody deletes, and lets go what has leaked', () => {
    const cluster = Cluster.create({ seed: 5, kinds });
    cluster.runUntil(5000);
    const addresses = () => cluster.objects().flatMap((object) => (object.kind === 'IPAddress' ? nameOf(object) : []));
    const dns = '10.96.0.10';
    expect(addresses()).toContain(dns);
    cluster.request({ verb: 'delete', resource: IP_ADDRESSES, name: dns });
    const gone = serviceOf({ name: 'gone', clusterIPs: ['10.96.7.7'], madeS: 0 });
    cluster.request(createAddress(gone, '10.96.7.7'));
    cluster.runUntil(8000);
    expect(addresses()).toContain('10.96.7.7');
    expect(addresses()).not.toContain(dns);
    cluster.runUntil(70_000);
    expect(addresses()).not.toContain('10.96.7.7');
    // Services are looked at again every three minutes.
    cluster.runUntil(190_000);
    expect(addresses()).toContain(dns);
    const events = cluster.objects().filter(({ kind }) => kind === 'Event');
    expect(events.map((event) => event['reason'])).toEqual(
      expect.arrayContaining(['ClusterIPNotAllocated', 'IPAddressNotAllocated']),
    );
  });
});

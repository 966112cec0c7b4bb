import { beforeAll, describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import type { ApiResponse } from '../../messages.ts';
import { defaultTopology } from '../../topology.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

/** What is sent, beside what each Service has, and what becomes of it. */
interface Phase {
  readonly spec: JsonObject;
  readonly error?: boolean;
  /** What the error says. */
  readonly says?: readonly string[];
  readonly policy?: string;
  readonly ipFamilies?: readonly string[];
  readonly noFamilies?: boolean;
  readonly addresses?: boolean;
  readonly headless?: boolean;
  readonly nodePorts?: boolean;
  readonly healthPort?: boolean;
  /** How many families. */
  readonly families?: number;
  readonly itp?: string;
}

interface ServiceCase {
  readonly name: string;
  /** Families that the cluster has, the first where a Service does not say. */
  readonly cluster: 'v4' | 'v6' | 'v4v6' | 'v6v4';
  /** Addresses that somebody else takes before the update. */
  readonly taken?: readonly string[];
  readonly create: Phase;
  readonly update?: Phase;
}

const table = upstreamFile<ServiceCase>(new URL('./testdata/services.json', import.meta.url));
const source = { area: 'kube-apiserver', file: table.source, release: table.release } as const;

const NETWORKS = { v4: '10.0.0.0/16', v6: '2000::/108' };
const clusters = new Map<string, Cluster>();

function clusterOf(families: ServiceCase['cluster']): Cluster {
  const known = clusters.get(families);
  if (known !== undefined) return known;
  const serviceNetworks = families.match(/v\d/g)!.map((family) => NETWORKS[family as 'v4' | 'v6']);
  const cluster = Cluster.create({ seed: 5, kinds, serviceNetworks, topology: defaultTopology(0) });
  cluster.runUntil(1000);
  // Upstream's store has no Services of its own, and its cases ask for the first address.
  ask(cluster, { ...AT, verb: 'delete', name: 'kubernetes' });
  cluster.runUntil(cluster.nowMs + 20);
  clusters.set(families, cluster);
  return cluster;
}

const AT = { resource: { group: '', version: 'v1', plural: 'services' }, namespace: 'default' } as const;

function ask(cluster: Cluster, call: ApiCall): ApiResponse {
  const token = cluster.request(call);
  for (;;) {
    const answer = cluster.answerTo(token);
    if (answer !== undefined) return answer;
    if (!cluster.step()) throw new Error('nobody answers');
  }
}

/** All but what says otherwise has a selector, a port, and the traffic policy of the default. */
function bodyOf({ type = 'ClusterIP', selector = { k: 'v' }, internalTrafficPolicy = 'Cluster', ...spec }: JsonObject) {
  const ports = [{ port: 93, targetPort: 76, protocol: 'TCP' }];
  const isExternal = type === 'ExternalName';
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'foo' },
    spec: {
      type,
      ports,
      sessionAffinity: 'None',
      ...(selector === null ? {} : { selector }),
      ...(internalTrafficPolicy === null || isExternal ? {} : { internalTrafficPolicy }),
      ...spec,
    },
  } as KubernetesObject;
}

const textsOf = ({ body }: ApiResponse, field: string) => arrayAt(body, 'spec', field).map(String);

/** Which of the addresses have an IPAddress object. */
function allocated(cluster: Cluster, addresses: readonly string[]): readonly string[] {
  const names = new Set(
    cluster.objects().flatMap(({ kind, metadata }) => (kind === 'IPAddress' ? stringAt(metadata, 'name') : []) ?? []),
  );
  return addresses.filter((address) => names.has(address));
}

function verify(cluster: Cluster, answer: ApiResponse, wanted: Phase, before: ApiResponse | undefined): void {
  expect(stringAt(answer.body, 'message')).toBeUndefined();
  const [addresses, families] = [textsOf(answer, 'clusterIPs'), textsOf(answer, 'ipFamilies')];
  if (wanted.policy !== undefined) expect(stringAt(answer.body, 'spec', 'ipFamilyPolicy')).toBe(wanted.policy);
  if (wanted.ipFamilies !== undefined) expect(families).toEqual(wanted.ipFamilies);
  if (wanted.families !== undefined) expect(families).toHaveLength(wanted.families);
  if (wanted.noFamilies === true) expect([families, addresses]).toEqual([[], []]);
  if (wanted.itp !== undefined) expect(stringAt(answer.body, 'spec', 'internalTrafficPolicy') ?? '').toBe(wanted.itp);
  if (wanted.headless === true) expect(addresses).toEqual(['None']);
  else if (wanted.addresses === true) {
    expect(stringAt(answer.body, 'spec', 'clusterIP')).toBe(addresses[0]);
    expect(addresses.map((address) => (address.includes(':') ? 'IPv6' : 'IPv4'))).toEqual(families);
    expect(allocated(cluster, addresses)).toEqual(addresses);
    for (const address of addresses) OWN_ADDRESSES.add(address);
    const held = textsOf(before ?? answer, 'clusterIPs').filter((address) => address !== 'None');
    expect(addresses.slice(0, held.length)).toEqual(held.slice(0, addresses.length));
  } else expect(addresses.filter((address) => address !== 'None')).toEqual([]);
  const nodePorts = arrayAt(answer.body, 'spec', 'ports').map((port) => numberAt(port, 'nodePort') ?? 0);
  expect(nodePorts.every((port) => port !== 0)).toBe(wanted.nodePorts === true || nodePorts.length === 0);
  if (wanted.nodePorts !== true) expect(nodePorts.filter(Boolean)).toEqual([]);
  expect((numberAt(answer.body, 'spec', 'healthCheckNodePort') ?? 0) !== 0).toBe(wanted.healthPort === true);
}

function refused(answer: ApiResponse, { says = [] }: Phase): void {
  expect(answer.code).toBeGreaterThanOrEqual(400);
  for (const words of says) expect(stringAt(answer.body, 'message')).toContain(words);
}

describe('Services of one family and of both', () => {
  upstreamEach(source)(table.cases.map((one) => [one.name, one] as const))(
    '%s',
    (_name, { cluster: families, create, update, taken = [] }) => {
      const cluster = clusterOf(families);
      try {
        run(cluster, { create, taken, ...(update === undefined ? {} : { update }) });
      } finally {
        ask(cluster, { ...AT, verb: 'delete', name: 'foo' });
        for (const address of taken) ask(cluster, { verb: 'delete', resource: ADDRESSES, name: address });
        // Addresses and ports go back after the answer.
        cluster.runUntil(cluster.nowMs + 20);
      }
      expect(allocated(cluster, [...OWN_ADDRESSES])).toEqual([]);
    },
  );

  upstreamLeftOut(source, table.leftOut);
});

/** All that Services of these tables have had. */
const OWN_ADDRESSES = new Set<string>();

function run(cluster: Cluster, { create, update, taken = [] }: Pick<ServiceCase, 'create' | 'update' | 'taken'>): void {
  const made = ask(cluster, { ...AT, verb: 'create', body: bodyOf(create.spec) });
  if (create.error === true) return refused(made, create);
  verify(cluster, made, create, undefined);
  for (const address of taken) take(cluster, address);
  if (update !== undefined) {
    // An address that is made in the second of its Service is taken for one that was left behind: repairip.go `syncIPAddress`.
    if (create.families === 1 && update.families === 2) cluster.runUntil(Math.floor(cluster.nowMs / 1000 + 1) * 1000);
    const changed = ask(cluster, { ...AT, verb: 'update', name: 'foo', body: bodyOf(update.spec) });
    if (update.error === true) refused(changed, update);
    else verify(cluster, changed, update, made);
  }
}

const ADDRESSES = { group: 'networking.k8s.io', version: 'v1', plural: 'ipaddresses' };

function take(cluster: Cluster, name: string): void {
  const spec = { parentRef: { group: '', resource: 'services', namespace: 'default', name: 'other' } };
  const made = ask(cluster, {
    verb: 'create',
    resource: ADDRESSES,
    body: { apiVersion: 'networking.k8s.io/v1', kind: 'IPAddress', metadata: { name }, spec },
  });
  expect(made.code).toBe(201);
}

import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import type { TrafficCount } from '../network/traffic-tally.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { Topology } from '../topology.ts';
import { defaultTopology } from '../topology.ts';
import type { FaultOrder } from './fault.ts';

beforeAll(preloadKinds);

const deployment = (name: string, replicas: number): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'c', image: name, ports: [{ containerPort: 8080 }] }] },
    },
  },
});

const SHOP: readonly KubernetesObject[] = [
  deployment('web', 3),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080, nodePort: 30_080 }] },
  },
  deployment('client', 1),
];

interface Setting {
  readonly name: string;
  readonly topology: Topology;
  /** `web`: a Pod of the Deployment. */
  readonly faults: readonly FaultOrder[];
  /** Those of them that are also tried for long. */
  readonly long: readonly string[];
}

const ONE: Setting = {
  name: 'one machine of the control plane',
  topology: defaultTopology(3),
  faults: [
    { fault: 'node-failure', target: 'w1' },
    { fault: 'node-partition', target: 'w1' },
    { fault: 'node-shutdown', target: 'w1' },
    { fault: 'kubelet-stop', target: 'w1' },
    { fault: 'disk-full', target: 'w1' },
    { fault: 'cni-down', target: 'w1' },
    { fault: 'container-freeze', target: 'web' },
    { fault: 'link-cut', target: 'kubelet/w1', parameters: { to: 'kube-apiserver-0' } },
    { fault: 'zone-loss', parameters: { node: 'w1' } },
    { fault: 'certificate-expiry', target: 'kubelet/w1' },
    { fault: 'coredns-down' },
    { fault: 'api-server-stop' },
    { fault: 'api-overload' },
    { fault: 'scheduler-stop' },
    { fault: 'controller-manager-stop' },
    { fault: 'node-failure', target: 'cp-1' },
  ],
  long: ['node-failure', 'node-partition', 'node-shutdown', 'kubelet-stop', 'disk-full', 'link-cut', 'zone-loss'],
};

const SEVERAL: Setting = {
  name: 'three machines of the control plane',
  topology: { ...defaultTopology(3, 3), apiServers: 3, etcd: 'stacked' },
  faults: [
    { fault: 'node-failure', target: 'cp-1' },
    { fault: 'node-partition', target: 'cp-1' },
    { fault: 'node-partition', target: 'w1' },
    { fault: 'api-server-stop' },
    { fault: 'api-server-partition' },
    { fault: 'etcd-member-loss' },
    { fault: 'etcd-partition' },
    { fault: 'slow-disk' },
    { fault: 'clock-skew' },
    { fault: 'certificate-expiry' },
    { fault: 'scheduler-stop' },
    { fault: 'controller-manager-stop' },
  ],
  long: [],
};

/** Too short for evictions; longer than what Pods tolerate. */
const SHORT_MS = 90_000;
const LONG_MS = 420_000;
/** When all is well again at the latest: a watch that broke is noticed by its bookmark within a minute. */
const HEALED_MS = 180_000;
const REPLICAS = 4;

function shop(topology: Topology): Cluster {
  const cluster = Cluster.create({ seed: 5, kinds, topology });
  cluster.runUntil(10_000);
  cluster.kubectl('apply -f all', { all: SHOP });
  cluster.runUntil(40_000);
  return cluster;
}

function podsOf(cluster: Cluster): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === 'Pod' && nameOf(object).startsWith('web-'));
}

function readyPods(cluster: Cluster): number {
  return podsOf(cluster).filter((pod) => stringAt(findCondition(conditionsOf(pod), 'Ready'), 'status') === 'True')
    .length;
}

function sent(cluster: Cluster, from: string, to: string, port: number): TrafficCount['results'] | undefined {
  const order = { protocol: 'tcp', path: '/', timeoutMs: 3000, rate: 10, forMs: 3000 } as const;
  const token = cluster.send({ ...order, from, to, port });
  cluster.runUntil(cluster.nowMs + 8000);
  return cluster.trafficOf(token)?.results;
}

function addressOf(cluster: Cluster, node: string): string {
  const found = cluster.objects().find((object) => object.kind === 'Node' && nameOf(object) === node);
  return stringAt(arrayAt(found, 'status', 'addresses')[0], 'address') ?? '';
}

/** What is asked of the cluster while something is wrong and after it was mended, and what it comes to. */
function healed({ topology }: Setting, order: FaultOrder, forMs: number) {
  const cluster = shop(topology);
  const target = order.target === 'web' ? `default/${nameOf(podsOf(cluster)[0]!)}` : order.target;
  cluster.fault({ ...order, ...(target === undefined ? {} : { target }), forMs });
  cluster.runUntil(cluster.nowMs + forMs / 2);
  cluster.kubectl('label service web seen=yes');
  cluster.runUntil(cluster.nowMs + forMs / 2);
  cluster.runUntil(cluster.nowMs + HEALED_MS);
  const token = cluster.kubectl(`scale deployment web --replicas=${REPLICAS}`);
  cluster.runUntil(cluster.nowMs + 30_000);
  return {
    scaled: cluster.outcomeOf(token)?.stderr ?? '',
    ready: readyPods(cluster),
    outside: sent(cluster, 'outside', addressOf(cluster, 'w1'), 30_080),
    elsewhere: sent(cluster, 'outside', addressOf(cluster, 'w3'), 30_080),
    client: sent(cluster, 'Pod/default/client-*', 'web', 80),
  };
}

const ALL = { 200: 30 };

describe.each([ONE, SEVERAL].map((setting) => [setting.name, setting] as const))('%s', (_name, setting) => {
  const rows = setting.faults.flatMap((order) =>
    (setting.long.includes(order.fault) ? [SHORT_MS, LONG_MS] : [SHORT_MS]).map(
      (ms) => [`${order.fault} of ${order.target ?? 'the first'} for ${ms / 1000} s`, order, ms] as const,
    ),
  );

  it.each(rows)('serves again after %s', (_row, order, ms) => {
    expect(healed(setting, order, ms)).toEqual({
      scaled: '',
      ready: REPLICAS,
      outside: ALL,
      elsewhere: ALL,
      client: ALL,
    });
  });
});

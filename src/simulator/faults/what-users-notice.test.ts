import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { microTimeOf } from '../kernel/clock.ts';
import { leadersOf } from '../leader-election/leaders.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { Topology } from '../topology.ts';
import { defaultTopology, nodeManifest } from '../topology.ts';
import type { FaultOrder } from './fault.ts';

beforeAll(preloadKinds);

const TIMEOUT_MS = 120_000;

/** A cluster in which something went wrong, and what somebody looks at. */
class Seen {
  readonly cluster: Cluster;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  object(kind: string, name: string): KubernetesObject | undefined {
    return this.cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
  }

  condition(node: string, type: string): { readonly status?: string; readonly message?: string } {
    const condition = findCondition(conditionsOf(this.object('Node', node)), type);
    const [status, message] = [stringAt(condition, 'status'), stringAt(condition, 'message')];
    return { ...(status === undefined ? {} : { status }), ...(message === undefined ? {} : { message }) };
  }

  /** `reason: message` of the Events, without names that are drawn. */
  events(reason: string): readonly string[] {
    return this.cluster
      .objects()
      .filter((object) => object.kind === 'Event' && stringAt(object, 'reason') === reason)
      .map((event) => stringAt(event, 'message') ?? '');
  }

  phases(app: string): readonly (string | undefined)[] {
    return this.cluster
      .objects()
      .filter((object) => object.kind === 'Pod' && nameOf(object).startsWith(`${app}-`))
      .map((pod) => stringAt(pod, 'status', 'phase'));
  }

  taints(node: string): readonly (string | undefined)[] {
    return arrayAt(this.object('Node', node), 'spec', 'taints').map((taint) => stringAt(taint, 'key'));
  }

  /** What a line of kubectl prints when it has run for a while. */
  says(line: string, forMs = 1000): string {
    const token = this.cluster.kubectl(line);
    this.cluster.runUntil(this.cluster.nowMs + forMs);
    const { stdout = '', stderr = '' } = this.cluster.outcomeOf(token) ?? {};
    return (stdout + stderr).trim();
  }
}

interface Row {
  readonly order: FaultOrder;
  readonly topology?: Topology;
  /** What is there before, and how long it is given. */
  readonly before?: (seen: Seen) => void;
  /** After the fault, in milliseconds from it, and what is noticed then. */
  readonly afterMs: number;
  readonly noticed: (seen: Seen) => void;
  /** After it is mended, and what is noticed then. */
  readonly mendedMs: number;
  readonly mended: (seen: Seen) => void;
}

const webhook: KubernetesObject = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'policy' },
  webhooks: [
    {
      name: 'policy.example.com',
      clientConfig: { url: 'https://policy.example.com/check' },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      timeoutSeconds: 5,
    },
  ],
};

const ZONES = {
  nodes: [
    ...defaultTopology(0).nodes,
    ...['a', 'a', 'b', 'b'].map((zone, index) =>
      nodeManifest(`w${index + 1}`, { 'topology.kubernetes.io/zone': zone }, []),
    ),
  ],
};

const HA: Topology = { ...defaultTopology(1, 3), apiServers: 3 };

function deploy(seen: Seen): void {
  expect(seen.says('create deployment web --image=nginx --replicas=4', 10_000)).toBe('deployment.apps/web created');
  expect(seen.phases('web')).toEqual(['Running', 'Running', 'Running', 'Running']);
}

const ROWS: Readonly<Record<string, Row>> = {
  'webhook-down: what it judges is refused in the words of the server, and nothing else': {
    order: { fault: 'webhook-down', parameters: { webhook: 'policy.*' } },
    before(seen) {
      seen.cluster.kubectl('apply -f x.yaml', { 'x.yaml': [webhook] });
      seen.cluster.runUntil(7000);
      expect(seen.says('create configmap one')).toBe('configmap/one created');
    },
    afterMs: 1000,
    noticed(seen) {
      expect(seen.says('create configmap two')).toBe(
        'error: failed to create configmap: Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://policy.example.com/check?timeout=5s": dial tcp policy.example.com:443: connect: connection refused',
      );
      expect(seen.says('create namespace three')).toBe('namespace/three created');
    },
    mendedMs: 1000,
    mended: (seen) => expect(seen.says('create configmap two')).toBe('configmap/two created'),
  },
  'webhook-down by silence: the call runs into its timeout': {
    order: { fault: 'webhook-down', parameters: { mode: 'timeout' } },
    before(seen) {
      seen.cluster.kubectl('apply -f x.yaml', { 'x.yaml': [webhook] });
      seen.cluster.runUntil(7000);
    },
    afterMs: 1000,
    noticed: (seen) =>
      expect(seen.says('create configmap two', 6000)).toContain(
        'failed calling webhook "policy.example.com": failed to call webhook: Post "https://policy.example.com/check?timeout=5s": context deadline exceeded',
      ),
    mendedMs: 1000,
    mended: (seen) => expect(seen.says('create configmap two')).toBe('configmap/two created'),
  },
  'api-overload: the flood is refused beyond its share, and everybody else is served': {
    order: { fault: 'api-overload' },
    afterMs: 3500,
    noticed(seen) {
      const { trace } = seen.cluster;
      const answers = trace.after(0).filter(({ to, class: kind }) => to.startsWith('flood-') && kind === 'response');
      const refused = answers.filter(({ verb }) => verb === '429');
      expect(refused.length).toBeGreaterThan(500);
      expect(answers.filter(({ verb }) => verb === '200').length).toBeGreaterThan(500);
      expect(trace.after(0).filter(({ to, verb }) => verb === '429' && !to.startsWith('flood-'))).toEqual([]);
      deploy(seen);
    },
    mendedMs: 3000,
    mended: (seen) => expect(seen.cluster.places().filter(({ kind }) => kind === 'flood')).toEqual([]),
  },
  'clock-skew: a Lease says a wrong time, and its holder keeps it': {
    order: { fault: 'clock-skew', target: 'kubelet/w1', parameters: { skew: '1h' } },
    afterMs: 60_000,
    noticed(seen) {
      const renewed = seen.cluster.objects().find((object) => object.kind === 'Lease' && nameOf(object) === 'w1');
      expect(stringAt(renewed, 'spec', 'renewTime')?.slice(0, 13)).toBe(microTimeOf(3_600_000).slice(0, 13));
      expect(seen.condition('w1', 'Ready').status).toBe('True');
    },
    mendedMs: 15_000,
    mended: (seen) =>
      expect(stringAt(seen.object('Lease', 'w1'), 'spec', 'renewTime')?.slice(0, 13)).toBe(microTimeOf(0).slice(0, 13)),
  },
  'zone-loss: all Nodes of the zone are unknown, and what ran there runs elsewhere': {
    order: { fault: 'zone-loss', parameters: { zone: 'a' } },
    topology: ZONES,
    before: deploy,
    afterMs: 370_000,
    noticed(seen) {
      expect(['w1', 'w2', 'w3', 'w4'].map((node) => seen.condition(node, 'Ready').status)).toEqual([
        'Unknown',
        'Unknown',
        'True',
        'True',
      ]);
      expect(seen.condition('w1', 'Ready').message).toBe('Kubelet stopped posting node status.');
      expect(seen.phases('web').filter((phase) => phase === 'Running').length).toBeGreaterThanOrEqual(4);
    },
    mendedMs: 60_000,
    mended: (seen) => expect(seen.condition('w1', 'Ready').status).toBe('True'),
  },
  'disk-full: the Node is under pressure and takes no Pods, and those that it has are evicted': {
    order: { fault: 'disk-full', target: 'w1' },
    before: deploy,
    afterMs: 60_000,
    noticed(seen) {
      expect(seen.condition('w1', 'DiskPressure')).toEqual({ status: 'True', message: 'kubelet has disk pressure' });
      expect(seen.taints('w1')).toContain('node.kubernetes.io/disk-pressure');
      expect(seen.events('EvictionThresholdMet')[0]).toBe('Attempting to reclaim ephemeral-storage');
      expect(seen.events('Evicted').join()).toContain('The node was low on resource: ephemeral-storage.');
    },
    mendedMs: 400_000,
    mended(seen) {
      expect(seen.condition('w1', 'DiskPressure').status).toBe('False');
      expect(seen.taints('w1')).toEqual([]);
    },
  },
  'etcd-space: nothing can be written any more but deletions, and everything be read': {
    order: { fault: 'etcd-space' },
    before: deploy,
    afterMs: 1000,
    noticed(seen) {
      expect(seen.says('create configmap two')).toContain('etcdserver: mvcc: database space exceeded');
      expect(seen.says('get deployment web -o name')).toBe('deployment.apps/web');
    },
    mendedMs: 1000,
    mended: (seen) => expect(seen.says('create configmap two')).toBe('configmap/two created'),
  },
  'certificate-expiry of a kubelet: its requests are unauthorized, and its Node is unknown': {
    order: { fault: 'certificate-expiry', target: 'kubelet/w1' },
    afterMs: 70_000,
    noticed(seen) {
      expect(seen.condition('w1', 'Ready')).toEqual({
        status: 'Unknown',
        message: 'Kubelet stopped posting node status.',
      });
      const answers = seen.cluster.trace
        .after(0)
        .filter(({ to, class: kind }) => to === 'kubelet/w1' && kind === 'response');
      expect(answers.at(-1)?.verb).toBe('401');
      const logged = seen.cluster.trace.after(0).find(({ verb }) => verb === 'Unable to authenticate the request');
      expect(logged?.detail?.['error']).toMatch(
        /^x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:\d\dZ is after 2026-01-01T00:00:05Z$/,
      );
    },
    mendedMs: 30_000,
    mended: (seen) => expect(seen.condition('w1', 'Ready').status).toBe('True'),
  },
  'certificate-expiry of the API server: who connects anew is told, and open connections go on': {
    order: { fault: 'certificate-expiry', target: 'kube-apiserver-0' },
    afterMs: 60_000,
    noticed(seen) {
      expect(seen.says('get nodes')).toMatch(
        /Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-01T00:01:05Z is after 2026-01-01T00:00:05Z$/,
      );
      expect(seen.condition('w1', 'Ready').status).toBe('True');
    },
    mendedMs: 1000,
    mended: (seen) => expect(seen.says('get nodes -o name')).toContain('node/w1'),
  },
  'load-spike: many more requests come, until it is over': {
    order: { fault: 'load-spike', parameters: { to: 'web.default.svc.cluster.local', rate: '50' } },
    before(seen) {
      deploy(seen);
      expect(seen.says('expose deployment web --port=80', 3000)).toContain('exposed');
    },
    afterMs: 5000,
    noticed(seen) {
      const count = seen.cluster.trafficOf('load/web.default.svc.cluster.local:80')!;
      expect(count.sent).toBeGreaterThan(200);
    },
    mendedMs: 5000,
    mended(seen) {
      const { length } = seen.cluster.trace;
      seen.cluster.runUntil(seen.cluster.nowMs + 3000);
      expect(seen.cluster.trace.after(length).filter(({ from }) => from === 'traffic')).toEqual([]);
    },
  },
  'cni-down: the Node is not ready because its network is not, and Pods get no sandbox there': {
    order: { fault: 'cni-down', target: 'w1' },
    topology: defaultTopology(1),
    afterMs: 15_000,
    noticed(seen) {
      expect(seen.condition('w1', 'Ready')).toEqual({
        status: 'False',
        message:
          'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      });
      expect(seen.taints('w1')).toContain('node.kubernetes.io/not-ready');
      const bound = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'x' },
        spec: { nodeName: 'w1', containers: [{ name: 'c', image: 'nginx' }] },
      };
      seen.cluster.kubectl('apply -f x.yaml', { 'x.yaml': [bound] });
      seen.cluster.runUntil(seen.cluster.nowMs + 10_000);
      expect(stringAt(seen.object('Pod', 'x'), 'status', 'phase')).toBe('Pending');
      expect(seen.events('NetworkNotReady')[0]).toContain('network is not ready: container runtime network not ready');
    },
    mendedMs: 30_000,
    mended(seen) {
      expect(seen.condition('w1', 'Ready').status).toBe('True');
      expect(stringAt(seen.object('Pod', 'x'), 'status', 'phase')).toBe('Running');
    },
  },
  'coredns-down: names are not answered, addresses are': {
    order: { fault: 'coredns-down' },
    before(seen) {
      deploy(seen);
      expect(seen.says('expose deployment web --port=80', 3000)).toContain('exposed');
    },
    afterMs: 1000,
    noticed(seen) {
      const wish = { from: 'Pod/default/web-*', port: 80, protocol: 'tcp', path: '/', timeoutMs: 5000 } as const;
      const ip = stringAt(seen.object('Service', 'web'), 'spec', 'clusterIP') ?? '';
      const [byName, byAddress] = ['web', ip].map((to) => seen.cluster.send({ ...wish, to }));
      seen.cluster.runUntil(seen.cluster.nowMs + 40_000);
      expect(seen.cluster.trafficOf(byName!)).toMatchObject({ ok: 0, dropped: 1 });
      expect(seen.cluster.trafficOf(byAddress!)).toMatchObject({ ok: 1 });
    },
    mendedMs: 5000,
    mended(seen) {
      const token = seen.cluster.send({
        from: 'Pod/default/web-*',
        to: 'web',
        port: 80,
        protocol: 'tcp',
        path: '/',
        timeoutMs: 5000,
      });
      seen.cluster.runUntil(seen.cluster.nowMs + 5000);
      expect(seen.cluster.trafficOf(token)).toMatchObject({ ok: 1 });
    },
  },
};

describe('a fault is noticed, and its end too', () => {
  it.each(Object.entries(ROWS))(
    '%s',
    (_name, { order, topology, before, afterMs, noticed, mendedMs, mended }) => {
      const cluster = Cluster.create({ seed: 5, kinds, topology: topology ?? defaultTopology(3) });
      const seen = new Seen(cluster);
      cluster.runUntil(5000);
      before?.(seen);
      const beganMs = cluster.nowMs;
      cluster.fault(order);
      cluster.runUntil(beganMs + afterMs);
      noticed(seen);
      const told = cluster.trace.after(0).find(({ class: kind }) => kind === 'fault')!;
      cluster.fault({ fault: 'mend', target: told.object ?? '' });
      cluster.runUntil(cluster.nowMs + mendedMs);
      mended(seen);
    },
    TIMEOUT_MS,
  );

  it(
    'clock-skew by a clock that is ten times too slow: the Lease is taken, and two act as the leader for a while',
    () => {
      const cluster = Cluster.create({ seed: 5, kinds, topology: HA });
      cluster.runUntil(5000);
      const { component } = leadersOf(cluster).scheduler;
      cluster.fault({
        fault: 'clock-skew',
        target: component!,
        parameters: { skew: '0s', pace: '1000%' },
        forMs: 300_000,
      });
      cluster.runUntil(45_000);
      const { scheduler } = leadersOf(cluster);
      expect(scheduler.component).not.toBe(component);
      expect(scheduler.acting).toHaveLength(2);
      cluster.runUntil(250_000);
      expect(leadersOf(cluster).scheduler.acting).toEqual([leadersOf(cluster).scheduler.component]);
    },
    TIMEOUT_MS,
  );
});

describe('chaos', () => {
  const ran = (seed: string): Cluster => {
    const cluster = Cluster.create({ seed: 5, kinds, topology: defaultTopology(3) });
    cluster.runUntil(5000);
    cluster.kubectl('create deployment web --image=nginx --replicas=4');
    cluster.fault({ fault: 'chaos', parameters: { seed, every: '20s', duration: '10s' }, forMs: 120_000 });
    cluster.runUntil(180_000);
    return cluster;
  };
  const drawn = (cluster: Cluster): readonly string[] =>
    cluster.trace
      .after(0)
      .flatMap(({ class: kind, verb, object }) => (kind === 'fault' ? [`${verb} ${object ?? ''}`] : []));

  it(
    'draws faults from its seed, mends each, and ends',
    () => {
      const [one, again, other] = [ran('1'), ran('1'), ran('2')];
      expect(one.trace.digest).toBe(again.trace.digest);
      expect(drawn(one)).not.toEqual(drawn(other));
      const told = drawn(one).filter((each) => !each.startsWith('chaos'));
      const begun = told.filter((each) => !each.includes(' ends '));
      expect(begun.length).toBeGreaterThanOrEqual(3);
      expect(told.filter((each) => each.includes(' ends ')).toSorted()).toEqual(
        begun.map((each) => each.replace(' ', ' ends ')).toSorted(),
      );
    },
    TIMEOUT_MS,
  );
});

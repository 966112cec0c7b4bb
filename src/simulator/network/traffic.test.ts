import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import type { TrafficCount } from './traffic-tally.ts';
import type { TrafficOrder } from './traffic.ts';

beforeAll(preloadKinds);

const deployment = (replicas: number, image = 'web:1', probe: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image, ports: [{ containerPort: 8080 }], ...probe }] },
    },
  },
});

const service = (spec: JsonObject): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});

const CLIENT: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client' },
  spec: { containers: [{ name: 'c', image: 'curl' }] },
};

const ORDER: TrafficOrder = {
  from: 'Pod/default/client',
  to: 'web',
  port: 80,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 3000,
};

function cluster(objects: readonly KubernetesObject[], behaviours: readonly Behaviour[] = []): Cluster {
  const made = Cluster.create({ seed: 5, kinds, behaviours });
  made.runUntil(5000);
  made.kubectl('apply -f all', { all: [CLIENT, ...objects] });
  made.runUntil(20_000);
  return made;
}

/** What becomes of requests, when all are answered. */
function sent(on: Cluster, order: Partial<TrafficOrder>): TrafficCount {
  const token = on.send({ ...ORDER, ...order });
  on.runUntil(on.nowMs + 8000 + (order.forMs ?? 0));
  return on.trafficOf(token)!;
}

describe('requests', () => {
  it('find a Service by its short name and are spread over its endpoints', () => {
    const on = cluster([deployment(3), service({})]);
    const { results, last } = sent(on, { rate: 50, forMs: 6000 });
    expect(results).toEqual({ 200: 300 });
    expect(last?.questions).toEqual(['web.default.svc.cluster.local']);
    const chosen = new Map<string, number>();
    for (const { class: kind, detail, to } of on.trace.after(0)) {
      const address = String(detail?.['to'] ?? '');
      if (kind === 'packet' && to.startsWith('containerd/')) chosen.set(address, (chosen.get(address) ?? 0) + 1);
    }
    expect(chosen.size).toBe(3);
    for (const count of chosen.values()) expect(count).toBeGreaterThan(70);
  });

  it('reach the containers of their own Pod at localhost, and no others', () => {
    const on = cluster([deployment(1)], [{ match: { image: 'web:1' }, listens: [8080] }]);
    const from = 'Pod/default/web-*';
    expect(sent(on, { from, to: 'localhost', port: 8080 })).toMatchObject({ ok: 1, results: { 200: 1 } });
    expect(sent(on, { from, to: '127.0.0.1', port: 9090 })).toMatchObject({ ok: 0, results: { refused: 1 } });
    expect(sent(on, { to: 'localhost', port: 8080 }).last?.by).not.toBe('web');
  });

  it('tell every hop, with the rules that sent the packet there', () => {
    const on = cluster([deployment(2), service({})]);
    const before = on.trace.length;
    sent(on, {});
    const hops = on.trace.after(before).filter(({ class: kind }) => kind === 'packet');
    const dns = hops.filter(({ detail }) => detail?.['asked'] === '10.96.0.10:53');
    expect(dns.map(({ to }) => to)).toEqual(['linux/cp-1', 'coredns-0']);
    const [first] = hops.filter(
      ({ detail }) => String(detail?.['asked']).endsWith(':80') && detail?.['rules'] !== undefined,
    );
    const targets = (first!.detail!['rules'] as readonly string[]).map(
      (rule) => / -j (\S+?)(?:-[A-Z0-9]{16})?(?: |$)/.exec(rule)?.[1],
    );
    expect(targets).toEqual(['KUBE-SVC', 'KUBE-SEP', 'DNAT']);
  });

  it.each<[string, readonly KubernetesObject[], Partial<TrafficOrder>, TrafficCount['results']]>([
    [
      'reach a node port from outside',
      [deployment(1), service({ type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] })],
      { from: 'outside', to: '172.18.0.4', port: 30080 },
      { 200: 1 },
    ],
    [
      'cannot reach a cluster IP from outside',
      [deployment(1), service({ clusterIP: '10.96.7.7' })],
      { from: 'outside', to: '10.96.7.7' },
      { timeout: 1 },
    ],
    ['are refused where the Service has no endpoints', [service({})], {}, { refused: 1 }],
    [
      'are refused where nobody listens on the port',
      [deployment(1), service({ ports: [{ port: 80, targetPort: 9999 }] })],
      {},
      { refused: 1 },
    ],
    ['do not find a name that is not there', [], { to: 'nothing' }, { 'unknown host': 1 }],
    [
      'reach a headless Service at its Pods',
      [deployment(2), service({ clusterIP: 'None' })],
      { port: 8080 },
      { 200: 1 },
    ],
    ['leave the cluster for other names', [], { to: 'example.com' }, { 'outside the cluster': 1 }],
    ['reach the API server', [], { to: 'kubernetes.default.svc', port: 443, path: '/healthz' }, { 200: 1 }],
    ['do not know names of the cluster on a Node', [service({})], { from: 'Node//w1' }, { 'unknown host': 1 }],
  ])('%s', (_title, objects, order, results) => {
    expect(sent(cluster(objects), order).results).toEqual(results);
  });

  it('can be told beforehand: every name, way, rule and chance', () => {
    const on = cluster([deployment(3), service({ type: 'NodePort' })]);
    const inside = on.whereTo({ from: 'Pod/default/client', to: 'web.default', port: 80, protocol: 'tcp', path: '/' });
    expect(inside?.questions.map(({ name, answer }) => [name, answer.code])).toEqual([
      ['web.default.default.svc.cluster.local', 'NXDOMAIN'],
      ['web.default.svc.cluster.local', 'NOERROR'],
    ]);
    expect(inside?.paths.map(({ of, end }) => [of, end.type])).toEqual(Array(3).fill([3, 'answered']));
    for (const { hops } of inside!.paths)
      expect(hops[0]!.rules.at(-1)).toContain(`DNAT --to-destination ${hops[0]!.to}`);
    const port = Number(/--dport (3\d{4}) -j KUBE-EXT/.exec(on.rulesOf('w1') ?? '')?.[1]);
    const outside = on.whereTo({ from: 'outside', to: '172.18.0.3', port, protocol: 'tcp', path: '/' });
    expect(outside?.paths.every(({ hops }) => hops.at(-1)!.from !== '203.0.113.10')).toBe(true);
    expect(outside?.paths.map(({ end }) => end.type)).toEqual(['answered', 'answered', 'answered']);
  });

  it('stay with their endpoint where the Service wants it', () => {
    const on = cluster([deployment(3), service({ sessionAffinity: 'ClientIP' })]);
    sent(on, { rate: 10, forMs: 3000 });
    const ends = on.trace.after(0).filter(({ to, class: kind }) => kind === 'packet' && to.startsWith('containerd/'));
    expect(new Set(ends.map(({ detail }) => detail?.['to'])).size).toBe(1);
  });

  it('are lost in a rollout whose new Pods say that they are ready too early, and not where a probe waits', () => {
    const slow: Behaviour = { match: { image: 'web:2' }, startMs: 5000 };
    const lostWith = (probe: JsonObject): number => {
      const on = cluster([deployment(3), service({})], [slow]);
      const token = on.send({ ...ORDER, rate: 20, forMs: 40_000 });
      on.kubectl('apply -f new', { new: [deployment(3, 'web:2', probe)] });
      on.runUntil(on.nowMs + 50_000);
      const { sent: all, ok, dropped, series, latency } = on.trafficOf(token)!;
      expect(all).toBe(800);
      expect(dropped).toBe(all - ok);
      expect(series.map(({ sent: each }) => each)).toEqual(Array(40).fill(20));
      expect(series.reduce((sum, { failed }) => sum + failed, 0)).toBe(dropped);
      expect(latency!.p50).toBeLessThan(20);
      const [told] = on.trace.after(0).filter(({ verb }) => verb === 'requests ended');
      expect(told?.detail).toMatchObject({ sent: all, ok, dropped, waiting: 0 });
      return dropped;
    };
    expect(lostWith({})).toBeGreaterThan(50);
    expect(lostWith({ readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 } })).toBeLessThan(30);
  });
});

describe('requests that go on until somebody ends them', () => {
  it('let the cluster settle, are ended by their name, and tell how they fared', () => {
    const on = cluster([deployment(2), service({})]);
    const token = on.send({ ...ORDER, name: 'shoppers', rate: 10 });
    expect(on.runUntilSettled(on.nowMs + 300_000)).toBe(true);
    expect(on.trafficOf(token)!.sent).toBeGreaterThan(100);
    expect(on.traffic).toMatchObject([{ token, endsMs: undefined, order: { name: 'shoppers' } }]);
    on.endRequests('somebody else');
    on.runUntil(on.nowMs + 2000);
    expect(on.traffic[0]!.endsMs).toBeUndefined();
    const endsMs = on.nowMs;
    on.endRequests('shoppers');
    on.runUntil(on.nowMs + 2000);
    const { sent: all, ok } = on.trafficOf(token)!;
    on.runUntil(on.nowMs + 10_000);
    expect(on.trafficOf(token)!.sent).toBe(all);
    expect(ok).toBe(all);
    expect(on.traffic[0]!.endsMs).toBe(endsMs);
    expect(on.trace.after(0).filter(({ verb }) => verb === 'requests ended')).toMatchObject([
      { detail: { sent: all, ok: all, waiting: 0 } },
    ]);
  });

  it('may come again as a load does, each counted for itself', () => {
    const on = cluster([deployment(1), service({})]);
    const spike = { fault: 'load-spike', parameters: { to: 'Service/default/web', rate: '10' }, forMs: 3000 } as const;
    on.fault(spike);
    on.runUntil(on.nowMs + 10_000);
    on.fault(spike);
    on.runUntil(on.nowMs + 10_000);
    const ended = on.traffic.map(({ beganMs, endsMs, count }) => [endsMs! - beganMs, count.sent, count.ok]);
    expect(ended).toEqual([
      [3000, 31, 31],
      [3000, 31, 31],
    ]);
  });
});

describe('a request to an object', () => {
  const at = { ...ORDER, from: 'outside' };
  it.each<[string, readonly KubernetesObject[], Partial<TrafficOrder>, Partial<TrafficOrder>]>([
    [
      'goes to a node port where nothing else is open to the world',
      [deployment(1), service({ type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] })],
      { to: 'Service/default/web' },
      { target: 'Service/default/web', port: 30_080 },
    ],
    [
      'goes to the address of its Pod',
      [deployment(1)],
      { to: 'Pod/default/client', from: 'Node//w1', port: 8080 },
      { target: 'Pod/default/client', port: 8080 },
    ],
    ['goes nowhere where it is not there', [], { to: 'Service/default/gone' }, { to: 'Service/default/gone' }],
  ])('%s', (_title, objects, order, expected) => {
    const on = cluster(objects);
    const count = sent(on, { ...at, ...order });
    const [{ order: known } = { order: undefined }] = on.traffic;
    expect(known).toMatchObject(expected);
    expect(count.results).toEqual('target' in expected ? { 200: 1 } : { 'unknown host': 1 });
  });
});

describe('requests that take their time', () => {
  it('are counted as slow, and given up after a while', () => {
    const slow: Behaviour = {
      match: { image: 'web:*' },
      http: [
        { path: '/report', code: 200, takesMs: 700 },
        { path: '/never', code: 200, takesMs: 5000 },
      ],
    };
    const on = cluster([deployment(1), service({})], [slow]);
    const order = { rate: 10, forMs: 2000, slowMs: 500 };
    const report = sent(on, { ...order, path: '/report' });
    expect(report).toMatchObject({ sent: 20, ok: 20, slow: 20, dropped: 0, waiting: 0 });
    expect(report.latency!.p99).toBeGreaterThan(700);
    expect(report.latency!.most).toBeLessThan(730);
    expect(sent(on, order)).toMatchObject({ ok: 20, slow: 0 });
    expect(sent(on, { ...order, path: '/never' })).toMatchObject({ ok: 0, dropped: 20, results: { timeout: 20 } });
  });
});

describe('requests that cost CPU and memory', () => {
  const limited = (limits: JsonObject) => deployment(1, 'web:1', { resources: { limits } });
  const busy = (behaviour: Partial<Behaviour>): Behaviour => ({ match: { image: 'web:*' }, ...behaviour });
  /** Twenty milliseconds of a processor each. */
  const cpuMillicores = { steps: [], perRequest: 20 };

  it('are answered while the limit lasts, and wait for one another beyond it until their senders give up', () => {
    const objects = [limited({ cpu: '500m' }), service({})];
    const few = sent(cluster(objects, [busy({ cpuMillicores })]), { rate: 20, forMs: 10_000 });
    expect(few).toMatchObject({ sent: 200, ok: 200 });
    const many = sent(cluster(objects, [busy({ cpuMillicores })]), { rate: 100, forMs: 10_000 });
    expect(many.sent).toBe(1000);
    expect(many.ok).toBeGreaterThan(50);
    expect(many.ok).toBeLessThan(300);
    const free = sent(cluster([deployment(1), service({})], [busy({ cpuMillicores })]), { rate: 100, forMs: 10_000 });
    expect(free).toMatchObject({ sent: 1000, ok: 1000 });
  });

  it('kill a container whose memory they exceed', () => {
    const memoryBytes = { steps: [{ fromMs: 0, value: 50_000_000 }], perRequest: 5_000_000 };
    const on = cluster([limited({ memory: '100Mi' }), service({})], [busy({ memoryBytes })]);
    expect(sent(on, { rate: 5, forMs: 3000 })).toMatchObject({ sent: 15, ok: 15 });
    const { sent: all, ok } = sent(on, { rate: 50, forMs: 2000 });
    expect(ok).toBeLessThan(all);
    const pods = on.objects().filter(({ kind }) => kind === 'Pod');
    expect(JSON.stringify(pods)).toContain('"reason":"OOMKilled"');
  });
});

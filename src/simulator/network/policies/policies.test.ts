import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import type { TrafficOrder } from '../traffic.ts';

const pod = (name: string, spec: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'c', image: name, ports: [{ containerPort: 8080 }] }], ...spec },
});

const WEB: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080, nodePort: 30_080 }] },
};

const policy = (name: string, spec: JsonObject): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec,
});

const webFrom = (from: JsonObject): KubernetesObject =>
  policy('web', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [from] }] });
const quiet = (...egress: JsonObject[]): KubernetesObject =>
  policy('quiet', { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'], egress });
const TO_DNS = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ port: 53, protocol: 'UDP' }],
};
const TO_WEB = { to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080 }] };

const ORDER: TrafficOrder = {
  from: 'Pod/default/client',
  to: 'web',
  port: 80,
  protocol: 'tcp',
  path: '/',
  timeoutMs: 1000,
};

let before: Cluster;

beforeAll(async () => {
  await preloadKinds();
  before = Cluster.create({ seed: 7, kinds });
  before.runUntil(5000);
  const client = pod('client', { nodeName: 'w1' });
  const all = [pod('web', { nodeName: 'w2' }), client, pod('other', { nodeName: 'w1' }), WEB];
  before.kubectl('apply -f all', { all });
  before.runUntil(15_000);
});

/** The cluster some seconds after policies came. */
function withPolicies(...policies: readonly KubernetesObject[]): Cluster {
  const on = before.fork();
  on.kubectl('apply -f policies', { policies });
  on.runUntil(on.nowMs + 2000);
  return on;
}

function resultOf(on: Cluster, order: Partial<TrafficOrder> = {}): string {
  const token = on.send({ ...ORDER, ...order });
  on.runUntil(on.nowMs + 3000);
  return Object.keys(on.trafficOf(token)!.results).join();
}

const droppedOn = (on: Cluster) => on.trace.after(before.trace.length).filter(({ verb }) => verb === 'dropped');

describe('NetworkPolicies', () => {
  it('are nobody’s business where there are none', () => {
    const on = before.fork();
    expect(resultOf(on)).toBe('200');
    expect(on.trace.after(0).filter(({ verb }) => verb === 'policies')).toEqual([]);
  });

  it.each<[string, readonly KubernetesObject[], Partial<TrafficOrder>, string]>([
    ['drop what no rule lets in', [webFrom({ podSelector: { matchLabels: { app: 'other' } } })], {}, 'timeout'],
    [
      'let in whom a rule names',
      [webFrom({ podSelector: { matchLabels: { app: 'other' } } })],
      { from: 'Pod/default/other' },
      '200',
    ],
    ['drop questions to DNS too', [quiet(TO_WEB)], {}, 'timeout'],
    ['let out whom rules name, by the port behind the Service', [quiet(TO_DNS, TO_WEB)], {}, '200'],
    ['do not let out to other ports', [quiet(TO_DNS, { ...TO_WEB, ports: [{ port: 80 }] })], {}, 'timeout'],
    ['let nobody out of the cluster', [quiet(TO_DNS)], { to: '198.51.100.7' }, 'timeout'],
    [
      'let out to a block of addresses',
      [quiet({ to: [{ ipBlock: { cidr: '198.51.100.0/24' } }] })],
      { to: '198.51.100.7' },
      'outside the cluster',
    ],
    [
      'let the Pod’s own Node in',
      [webFrom({ podSelector: {} })],
      { from: 'Node//w2', to: '10.244.2.2', port: 8080 },
      '200',
    ],
    [
      'see the Node that put its address there, and not who came to its node port',
      [webFrom({ ipBlock: { cidr: '203.0.113.0/24' } })],
      { from: 'outside', to: '172.18.0.2', port: 30_080 },
      'timeout',
    ],
    [
      'let in by the Node’s address',
      [webFrom({ ipBlock: { cidr: '172.18.0.2/32' } })],
      { from: 'outside', to: '172.18.0.2', port: 30_080 },
      '200',
    ],
  ])('%s', (_title, policies, order, result) => {
    const on = withPolicies(...policies);
    expect(resultOf(on, order)).toBe(result);
    expect(droppedOn(on).length).toBe(result === 'timeout' ? 1 : 0);
  });

  it('are named by the step that drops, with what each rule misses', () => {
    const on = withPolicies(webFrom({ podSelector: { matchLabels: { app: 'other' } } }));
    resultOf(on);
    const [dropped] = droppedOn(on);
    expect(dropped).toMatchObject({
      from: 'linux/w2',
      object: 'NetworkPolicy.networking.k8s.io/default/web',
      detail: { direction: 'Ingress', policies: [{ policy: 'default/web', rules: ['spec.ingress[0] peer'] }] },
    });
  });

  it('say beforehand which rule lets a request pass or not', () => {
    const on = withPolicies(quiet(TO_DNS, TO_WEB), webFrom({ podSelector: { matchLabels: { app: 'other' } } }));
    const wish = { to: 'web', port: 80, protocol: 'tcp', path: '/' } as const;
    const [mine] = on.whereTo({ ...wish, from: 'Pod/default/client' })!.paths;
    expect(mine!.hops.flatMap(({ allowedBy }) => allowedBy)).toEqual([
      'default/quiet spec.egress[1].to[0] spec.egress[1].ports[0].port',
    ]);
    expect(mine!.end).toMatchObject({ type: 'timeout', stop: { direction: 'Ingress' } });
    const [others] = on.whereTo({ ...wish, from: 'Pod/default/other' })!.paths;
    expect(others!.hops.flatMap(({ allowedBy }) => allowedBy)).toEqual(['default/web spec.ingress[0].from[0]']);
  });

  it('follow labels, and end when they are deleted', () => {
    const on = withPolicies(webFrom({ podSelector: { matchLabels: { app: 'other' } } }));
    on.kubectl('label pod client app=other --overwrite');
    on.runUntil(on.nowMs + 1000);
    expect(resultOf(on)).toBe('200');
    on.kubectl('label pod client app=client --overwrite');
    on.runUntil(on.nowMs + 1000);
    expect(resultOf(on)).toBe('timeout');
    on.kubectl('delete networkpolicy web');
    on.runUntil(on.nowMs + 1000);
    expect(resultOf(on)).toBe('200');
  });

  it('are told again to a machine that has started anew', () => {
    const on = withPolicies(webFrom({ podSelector: {} }));
    const policiesOn = (machine: string) => (on.stateOf(`linux/${machine}`) as { policies: unknown }).policies;
    expect(policiesOn('outside')).toBeUndefined();
    for (const process of ['linux/w2', 'containerd/w2']) on.setRunning(process, false);
    for (const process of ['linux/w2', 'containerd/w2']) on.setRunning(process, true);
    on.runUntil(on.nowMs + 1000);
    expect(policiesOn('w2')).toBe(policiesOn('w1'));
    expect(policiesOn('w2')).toBeDefined();
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { JsonObject } from '../../base/json.ts';
import { conditionsOf, hasCondition } from '../../apimachinery/conditions.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import type { TrafficOrder } from '../network/traffic.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { changesBalancers, isIncluded, isUntainted } from './balancer-nodes.ts';
import upstream from './testdata/service-controller.json';
import { needsCleanup, needsUpdate } from './wants-balancer.ts';

const source = { area: 'controllers', file: upstream.source, release: upstream.release } as const;
const named = (kind: string, body: unknown): KubernetesObject => ({
  ...(body as JsonObject),
  apiVersion: 'v1',
  kind,
});

describe('Nodes of load balancers', () => {
  upstreamEach(source, 'Test_respectsPredicates')(upstream.respectsPredicates)('$name', ({ node, want }) => {
    const given = named('Node', node);
    expect(isIncluded(given) && isUntainted(given) && hasCondition(conditionsOf(given), 'Ready', 'True')).toBe(want);
  });

  upstreamEach(source, 'Test_shouldSyncUpdatedNode_individualPredicates')(upstream.individual)('$name', (one) => {
    expect(changesBalancers(named('Node', one.before), named('Node', one.after))).toBe(one.want);
  });

  upstreamEach(source, 'Test_shouldSyncUpdatedNode_compoundedPredicates')(upstream.compounded)('$name', (one) => {
    expect(changesBalancers(named('Node', one.before), named('Node', one.after))).toBe(one.want);
  });
});

describe('Services with load balancers', () => {
  upstreamEach(source, 'TestNeedsCleanup')(upstream.needsCleanup)('$name', ({ service, want }) => {
    expect(needsCleanup(named('Service', service))).toBe(want);
  });

  upstreamEach(source, 'TestNeedsUpdate')(upstream.needsUpdate)('$name', (one) => {
    expect(needsUpdate(named('Service', one.before), named('Service', one.after))).toBe(one.want);
  });

  const fake = 'drives the controller by a fake cloud and counts its calls: seen below on the simulated one';
  upstreamLeftOut(source, {
    TestSyncLoadBalancerIfNeeded: { count: 8, reason: fake },
    TestUpdateNodesInExternalLoadBalancer: { count: 7, reason: fake },
    TestNodeChangesForStableNodeSetEnabled: { count: 10, reason: fake },
    TestNodeChangesInExternalLoadBalancer: { count: 5, reason: fake },
    TestNodesNotEqual: { count: 3, reason: fake },
    TestProcessServiceCreateOrUpdate: { count: 2, reason: fake },
    TestProcessServiceCreateOrUpdateK8sError: { count: 2, reason: fake },
    TestSyncService: { count: 3, reason: fake },
    TestProcessServiceDeletion: { count: 3, reason: fake },
    TestSlowNodeSync: fake,
    TestServiceCache: { count: 6, reason: 'tests a map in the memory of the Go controller' },
    TestAddFinalizer: { count: 2, reason: fake },
    TestRemoveFinalizer: { count: 2, reason: fake },
    TestPatchStatus: { count: 4, reason: fake },
    TestListWithPredicate: { count: 3, reason: 'filters by phases of Nodes, which nothing sets' },
    TestServiceQueueDelay: { count: 3, reason: 'an error of a cloud that says when to try again: none fails here' },
  });
});

const ORDER: TrafficOrder = { from: 'outside', to: '', port: 80, protocol: 'tcp', path: '/', timeoutMs: 1000 };

const service = (spec: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});

const WEB: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { nodeName: 'w2', containers: [{ name: 'c', image: 'web', ports: [{ containerPort: 8080 }] }] },
};

/** A cluster in a cloud, or not, with a Pod and the Service. */
function cluster(cloud: boolean, spec: JsonObject = {}): Cluster {
  const on = Cluster.create({ seed: 3, kinds, cloud });
  on.runUntil(5000);
  on.kubectl('apply -f all', { all: [WEB, service(spec)] });
  on.runUntil(25_000);
  return on;
}

const webOf = (on: Cluster) => on.objects().find((object) => object.kind === 'Service' && nameOf(object) === 'web');
const ingressOf = (on: Cluster) => arrayAt(webOf(on), 'status', 'loadBalancer', 'ingress');
const reasons = (on: Cluster) =>
  on
    .objects()
    .filter((event) => event.kind === 'Event' && stringAt(event, 'involvedObject', 'kind') === 'Service')
    .map((event) => stringAt(event, 'reason'));

function send(on: Cluster, order: Partial<TrafficOrder> = {}) {
  const token = on.send({ ...ORDER, to: '192.0.2.1', ...order });
  on.runUntil(on.nowMs + 4000 + (order.forMs ?? 0));
  return on.trafficOf(token)!;
}

/** Nodes that the cloud sent packets to since a step. */
const balancedTo = (on: Cluster, since: number) =>
  new Set(
    on.trace
      .after(since)
      .filter(({ from, class: kind, to }) => from === 'cloud' && kind === 'packet' && to !== 'linux/outside')
      .map(({ to }) => to),
  );

describe('a cloud', () => {
  let spread: Cluster;
  let local: Cluster;

  beforeAll(async () => {
    await preloadKinds();
    spread = cluster(true);
    local = cluster(true, { externalTrafficPolicy: 'Local' });
  });

  it('gives a Service an address after a while, and says so in Events', () => {
    expect(ingressOf(spread)).toEqual([{ ip: '192.0.2.1', ipMode: 'VIP' }]);
    expect(arrayAt(webOf(spread), 'metadata', 'finalizers')).toEqual(['service.kubernetes.io/load-balancer-cleanup']);
    expect(reasons(spread)).toEqual(['EnsuringLoadBalancer', 'EnsuredLoadBalancer']);
  });

  it('is not there in a cluster without one: the address stays pending', () => {
    const on = cluster(false);
    expect(ingressOf(on)).toEqual([]);
    expect(send(on).results).toEqual({ 'outside the cluster': 1 });
  });

  it('lets requests in over any Node, and the Node puts its address in place of the client’s', () => {
    const on = spread.fork();
    const since = on.trace.length;
    expect(send(on, { rate: 20, forMs: 1500 }).results).toEqual({ 200: 30 });
    expect([...balancedTo(on, since)].toSorted()).toEqual(['linux/cp-1', 'linux/w1', 'linux/w2', 'linux/w3']);
    const paths = on.whereTo({ ...ORDER, to: '192.0.2.1' })!.paths;
    expect(paths.length).toBe(balancedTo(on, since).size);
    expect(paths.every(({ end }) => end.type === 'answered')).toBe(true);
    expect(paths.every(({ hops }) => hops.at(-1)!.from !== '203.0.113.10')).toBe(true);
  });

  it('sends only to Nodes with endpoints where the Service wants the client’s address, and loses nothing', () => {
    const on = local.fork();
    const since = on.trace.length;
    expect(send(on, { rate: 20, forMs: 1000 }).results).toEqual({ 200: 20 });
    expect([...balancedTo(on, since)]).toEqual(['linux/w2']);
    expect(on.whereTo({ ...ORDER, to: '192.0.2.1' })!.paths.map(({ hops }) => hops.at(-1)!.from)).toEqual([
      '203.0.113.10',
    ]);
    const port = numberAt(webOf(on), 'spec', 'healthCheckNodePort') ?? 0;
    const health = (node: string) => on.whereTo({ ...ORDER, to: node, port })!.paths.map(({ end }) => end);
    expect(send(on, { to: '172.18.0.4', port }).results).toEqual({ 200: 1 });
    expect(send(on, { to: '172.18.0.3', port }).results).toEqual({ 503: 1 });
    expect(health('172.18.0.3')).toMatchObject([{ type: 'answered', code: 503 }]);
  });

  it('loses requests from when the last endpoint of a Node goes until its checks notice', () => {
    const on = local.fork();
    on.kubectl('delete pod web --force --grace-period=0');
    const { sent, ok, results } = send(on, { rate: 2, forMs: 40_000 });
    expect(sent).toBe(80);
    expect(ok).toBeLessThan(2);
    // The Node refuses while it still gets them, as the Service has no endpoint left; then no Node gets any.
    expect(results['refused']).toBeGreaterThan(10);
    expect((results['refused'] ?? 0) + (results['timeout'] ?? 0)).toBe(sent - ok);
    expect(on.trace.after(0).findLast(({ verb }) => verb === 'balancer health')?.detail).toEqual({
      node: 'w2',
      healthy: false,
    });
  });

  it('is used by Pods without leaving their Node', () => {
    const on = spread.fork();
    const since = on.trace.length;
    expect(send(on, { from: 'Node//w1' }).results).toEqual({ 200: 1 });
    expect(balancedTo(on, since).size).toBe(0);
  });

  it('leaves out a Node that is labelled so', () => {
    const on = spread.fork();
    on.kubectl('label node w1 node.kubernetes.io/exclude-from-external-load-balancers=');
    on.runUntil(on.nowMs + 5000);
    expect(reasons(on)).toContain('UpdatedLoadBalancer');
    const since = on.trace.length;
    send(on, { rate: 20, forMs: 1500 });
    expect([...balancedTo(on, since)]).not.toContain('linux/w1');
  });

  it('deletes the load balancer before the Service may go, and when the Service wants none any more', () => {
    const on = spread.fork();
    on.kubectl('delete service web --wait=false');
    on.runUntil(on.nowMs + 2000);
    expect(webOf(on)).toBeDefined();
    on.runUntil(on.nowMs + 8000);
    expect(webOf(on)).toBeUndefined();
    expect(reasons(on)).toEqual(expect.arrayContaining(['DeletingLoadBalancer', 'DeletedLoadBalancer']));
    expect(send(on).results).toEqual({ timeout: 1 });
    const changed = spread.fork();
    changed.kubectl(`patch service web -p '{"spec":{"type":"ClusterIP"}}'`);
    changed.runUntil(changed.nowMs + 10_000);
    expect(ingressOf(changed)).toEqual([]);
    expect(arrayAt(webOf(changed), 'metadata', 'finalizers')).toEqual([]);
  });
});

import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { nameAt, numberAt, stringAt } from '../../base/json.ts';
import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import { Cluster } from '../cluster.ts';
import { defaultTopology } from '../topology.ts';
import type { CycleDetail } from './cycle-detail.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const PODS = { group: '', version: 'v1', plural: 'pods' };

function pod(name: string, spec: KubernetesObject[string] = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...(spec as object) },
  };
}

function create(cluster: Cluster, body: KubernetesObject): string {
  return cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
}

function cpu(amount: string): KubernetesObject[string] {
  return { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: amount } } }] };
}

function named(cluster: Cluster, kind: string, name: string): KubernetesObject | undefined {
  return cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
}

function eventsAbout(cluster: Cluster, name: string): readonly string[] {
  return objectsOf(cluster, 'Event')
    .filter((event) => stringAt(event, 'involvedObject', 'name') === name)
    .map((event) => `${stringAt(event, 'reason')}: ${stringAt(event, 'message')}`);
}

function objectsOf(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

/** Digests of the run when it goes on from checkpoints within it. */
function replayed(cluster: Cluster): Set<string> {
  const end = cluster.steps;
  const digests = new Set<string>();
  for (let part = 1; part < 4; part++) {
    cluster.seekSteps(Math.floor((end * part) / 4));
    cluster.seekSteps(end);
    digests.add(cluster.trace.digest);
  }
  return digests;
}

it('lets a cluster without Nodes settle, and says what is missing', () => {
  const cluster = Cluster.create({ seed: 1, kinds, topology: { nodes: [] } });
  cluster.runUntil(100);
  create(cluster, pod('p'));
  expect(cluster.runUntilSettled(3_600_000)).toBe(true);
  const waiting = objectsOf(cluster, 'Pod')[0];
  expect(findCondition(conditionsOf(waiting), 'PodScheduled')).toMatchObject({
    status: 'False',
    reason: 'Unschedulable',
    message: 'no nodes available to schedule pods',
  });
  const count = (): number =>
    Math.max(...objectsOf(cluster, 'Event').map((event) => numberAt(event, 'series', 'count') ?? 1));
  cluster.runUntil(29 * 60_000);
  expect(count()).toBe(2);
  cluster.runUntil(31 * 60_000);
  expect(count()).toBeGreaterThan(100);
});

it('makes room for a Pod by deleting one that is less important, and says so', () => {
  const cluster = Cluster.create({ seed: 1, kinds, topology: defaultTopology(1) });
  cluster.runUntil(1000);
  cluster.request({
    verb: 'create',
    resource: { group: 'scheduling.k8s.io', version: 'v1', plural: 'priorityclasses' },
    body: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  });
  create(cluster, pod('low-1', cpu('2')));
  create(cluster, pod('low-2', cpu('1')));
  cluster.runUntil(10_000);
  create(cluster, pod('important', { ...(cpu('2500m') as object), priorityClassName: 'high' }));
  expect(cluster.runUntilSettled(600_000)).toBe(true);
  expect(nameAt(named(cluster, 'Pod', 'important'), 'spec', 'nodeName')).toBe('w1');
  expect(objectsOf(cluster, 'Pod').map(nameOf)).toEqual(['important', 'low-2']);
  const uid = nameAt(named(cluster, 'Pod', 'important'), 'metadata', 'uid')!;
  expect(eventsAbout(cluster, 'low-1')).toContain(`Preempted: Preempted by pod ${uid} on node w1`);
  const failed = (name: string) => eventsAbout(cluster, name).filter((event) => event.startsWith('FailedScheduling'));
  expect(failed('important')).toEqual([
    'FailedScheduling: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).',
  ]);
  create(cluster, pod('large', cpu('3')));
  cluster.runUntil(cluster.nowMs + 5000);
  expect(failed('large')).toEqual([
    'FailedScheduling: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). ' +
      'no new claims to deallocate, preemption: 0/2 nodes are available: ' +
      '1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.',
  ]);
  expect(replayed(cluster)).toEqual(new Set([cluster.trace.digest]));
});

it('keeps in the trace what each plugin said of each Node, as a table', () => {
  const cluster = Cluster.create({ seed: 1, kinds, topology: defaultTopology(3) });
  cluster.runUntil(1000);
  create(cluster, pod('p', cpu('1')));
  cluster.runUntil(3000);
  const entry = cluster.trace.after(0).find(({ verb, object }) => verb === 'SCHEDULE' && object === 'Pod/default/p');
  const { node, filters, rejected, scores } = entry!.detail as unknown as CycleDetail;
  expect(filters).toEqual(expect.arrayContaining(['NodeUnschedulable', 'TaintToleration', 'NodeResourcesFit']));
  expect(rejected).toEqual({
    'cp-1': {
      plugin: 'TaintToleration',
      verdict: { code: 'UnschedulableAndUnresolvable', reasons: ['node(s) had untolerated taint(s)'] },
    },
  });
  expect([...scores!.nodes].sort()).toEqual(['w1', 'w2', 'w3']);
  expect(scores!.columns.map(({ plugin, weight }) => `${plugin} ${weight}`)).toEqual([
    'TaintToleration 3',
    'NodeResourcesFit 1',
    'NodeResourcesBalancedAllocation 1',
    'ImageLocality 1',
  ]);
  const most = Math.max(...scores!.totals);
  expect(scores!.totals[scores!.nodes.indexOf(node!)]).toBe(most);
  for (const [line, total] of scores!.totals.entries())
    expect(scores!.columns.reduce((sum, { weight, scores: column }) => sum + weight * column[line]!, 0)).toBe(total);
});

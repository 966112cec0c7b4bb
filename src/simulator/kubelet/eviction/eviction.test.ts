import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

const GIBIBYTE = 2 ** 30;

/** So many GiB at first, and so many when it has grown. */
function growing(first: number, later: number) {
  return {
    steps: [
      { fromMs: 0, value: first * GIBIBYTE },
      { fromMs: 12_000, value: later * GIBIBYTE },
    ],
  };
}

/** `steady` uses less than it asks for, `greedy` more; `filler` fills the disk, `limited` writes more than it may. */
const behaviours = [
  { match: { image: 'steady' }, memoryBytes: { steps: [{ fromMs: 0, value: 7 * GIBIBYTE }] } },
  { match: { image: 'greedy' }, memoryBytes: growing(1, 10) },
  { match: { image: 'filler' }, storageBytes: growing(1, 92) },
  { match: { image: 'limited' }, storageBytes: growing(0, 2) },
];

const PODS = { group: '', version: 'v1', plural: 'pods' } as const;
const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' } as const;

function container(image: string, resources: JsonObject = {}): JsonObject {
  return { name: 'c', image, resources };
}

let cluster: Cluster;

function run(seconds: number): void {
  cluster.runUntil(cluster.nowMs + seconds * 1000);
}

function make(name: string, nodeName: string, image: string, resources: JsonObject, spec: JsonObject = {}): void {
  const containers = [container(image, resources)];
  const metadata = { name, namespace: 'default' };
  const body = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName, containers, ...spec } };
  cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
}

/** One replica that would rather be on `w1`. */
function makeDeployment(): void {
  const near = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['w1'] }] };
  const affinity = {
    nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: near }] },
  };
  const containers = [container('greedy', { requests: { memory: '1Gi' } })];
  const template = { metadata: { labels: { app: 'greedy' } }, spec: { affinity, containers } };
  const spec = { replicas: 1, selector: { matchLabels: { app: 'greedy' } }, template };
  const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'greedy', namespace: 'default' }, spec };
  cluster.request({ verb: 'create', resource: DEPLOYMENTS, namespace: 'default', body });
}

function pods(start: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === 'Pod' && nameOf(object).startsWith(start));
}

function conditionOf(nodeName: string, type: string): string {
  const node = cluster.objects().find((object) => object.kind === 'Node' && nameOf(object) === nodeName);
  const condition = findCondition(conditionsOf(node ?? { status: {} }), type);
  const taints = arrayAt(node, 'spec', 'taints').map((taint) => stringAt(taint, 'key') ?? '');
  return [stringAt(condition, 'status'), stringAt(condition, 'reason'), ...taints].join(' ');
}

function events(reason: string): readonly string[] {
  return cluster
    .objects()
    .filter((object) => object.kind === 'Event' && stringAt(object, 'reason') === reason)
    .map((event) => `${stringAt(event, 'involvedObject', 'name') ?? ''}: ${stringAt(event, 'message') ?? ''}`);
}

function statusOf(pod: KubernetesObject | undefined): readonly (string | undefined)[] {
  return ['phase', 'reason', 'message'].map((field) => stringAt(pod, 'status', field));
}

beforeAll(async () => {
  await preloadKinds();
  cluster = Cluster.create({ seed: 3, kinds, behaviours });
  run(1);
  make('steady', 'w1', 'steady', { requests: { memory: '8Gi' } });
  make('critical', 'w1', 'nginx', {}, { priorityClassName: 'system-node-critical' });
  makeDeployment();
  make('filler', 'w3', 'filler', {});
  make('small', 'w3', 'nginx', {});
  make('limited', 'w3', 'limited', { limits: { 'ephemeral-storage': '1Gi' } });
  run(44);
  make('late', 'w1', 'nginx', {});
  run(16);
}, 60_000);

describe('a Node whose memory runs short', () => {
  const words =
    'The node was low on resource: memory. Threshold quantity: 100Mi, available: 0. Container c was using 10Gi, request is 1Gi, has larger consumption of memory. ';

  it('ends the Pod that uses more than it asks for, and not what uses less or is critical', () => {
    const evicted = pods('greedy').filter((pod) => stringAt(pod, 'spec', 'nodeName') === 'w1');
    expect(evicted.map(statusOf)).toEqual(evicted.map(() => ['Failed', 'Evicted', words]));
    expect(evicted.length).toBeGreaterThan(0);
    expect(findCondition(conditionsOf(evicted[0]!), 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'TerminationByKubelet',
      message: words,
    });
    expect(events('Evicted')).toContain(`${nameOf(evicted[0]!)}: ${words}`);
    expect([...pods('steady'), ...pods('critical')].map((pod) => statusOf(pod)[0])).toEqual(['Running', 'Running']);
  });

  it('tells that it has failed only when its containers have ended', () => {
    const [evicted] = pods('greedy').filter((pod) => stringAt(pod, 'spec', 'nodeName') === 'w1');
    const [status] = arrayAt(evicted, 'status', 'containerStatuses');
    expect(stringAt(status, 'state', 'terminated', 'reason')).toBe('Error');
    expect(numberAt(status, 'state', 'terminated', 'exitCode')).toBe(143);
  });

  it('is told of and tainted, so that the Deployment’s next Pod comes to another Node', () => {
    expect(events('EvictionThresholdMet')).toContain('w1: Attempting to reclaim memory');
    expect(events('NodeHasInsufficientMemory')).toHaveLength(1);
    expect(conditionOf('w1', 'MemoryPressure')).toBe(
      'True KubeletHasInsufficientMemory node.kubernetes.io/memory-pressure',
    );
    const runs = pods('greedy').filter((pod) => statusOf(pod)[0] === 'Running');
    expect(runs.map((pod) => stringAt(pod, 'spec', 'nodeName'))).toEqual(['w2']);
  });

  it('refuses a Pod that asks for nothing', () => {
    expect(pods('late').map(statusOf)).toEqual([
      ['Failed', 'Evicted', 'Pod was rejected: The node had condition: [MemoryPressure]. '],
    ]);
  });
});

describe('a Node whose disk is full', () => {
  it('ends the Pod that has written more to it than it asks for', () => {
    const [phase, reason, message] = statusOf(pods('filler')[0]);
    expect([phase, reason]).toEqual(['Failed', 'Evicted']);
    expect(message).toMatch(
      /^The node was low on resource: ephemeral-storage\. Threshold quantity: \d+, available: \S+\. Container c was using 92Gi, request is 0, has larger consumption of ephemeral-storage\. $/,
    );
    expect(statusOf(pods('small')[0])[0]).toBe('Running');
    expect(conditionOf('w3', 'DiskPressure')).toBe('True KubeletHasDiskPressure node.kubernetes.io/disk-pressure');
  });

  it('ends a Pod that has written more than its limit, whatever is left', () => {
    const message = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ';
    expect(statusOf(pods('limited')[0])).toEqual(['Failed', 'Evicted', message]);
    expect(findCondition(conditionsOf(pods('limited')[0]!), 'DisruptionTarget')).toBeUndefined();
  });
});

it('is well again five minutes after it was last short', () => {
  run(330);
  expect([conditionOf('w1', 'MemoryPressure'), conditionOf('w3', 'DiskPressure')]).toEqual([
    'False KubeletHasSufficientMemory',
    'False KubeletHasNoDiskPressure',
  ]);
}, 60_000);

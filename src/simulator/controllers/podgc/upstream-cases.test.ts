import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { podGc, surplus } from './podgc.ts';

const source = {
  area: 'controllers',
  file: 'pkg/controller/podgc/gc_controller_test.go',
  release: '1.36.2',
} as const;
const QUARANTINE_MS = 40_000;

interface PodFacts {
  readonly name: string;
  readonly phase: string;
  readonly node?: string;
  readonly reason?: string;
  readonly isGoing?: true;
}

/** Pods that were made an hour apart. */
function podsOf(pods: readonly PodFacts[]): readonly KubernetesObject[] {
  return pods.map(({ name, phase, node: nodeName, reason, isGoing }, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      creationTimestamp: `1970-01-${String(1 + Math.floor(index / 24)).padStart(2, '0')}T${String(index % 24).padStart(2, '0')}:00:00Z`,
      ...(isGoing === true ? { deletionTimestamp: '1970-01-02T00:00:00Z' } : {}),
    },
    spec: nodeName === undefined ? {} : { nodeName },
    status: { phase, ...(reason === undefined ? {} : { reason }) },
  }));
}

const nodesOf = (names: readonly string[] = []): readonly KubernetesObject[] =>
  names.map((name) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: {} }));

function node(name: string, ready: string, isOut: boolean): KubernetesObject {
  const taints = isOut ? [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }] : [];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    spec: { taints },
    status: { conditions: [{ type: 'Ready', status: ready }] },
  };
}

const called = (cluster: FakeCluster, verb: 'delete' | 'patch'): readonly string[] =>
  cluster.calls.flatMap((call) => (call.verb === verb ? [call.name ?? ''] : []));

const FAILED = (name: string, on?: string): PodFacts => ({
  name,
  phase: 'Failed',
  ...(on === undefined ? {} : { node: on }),
});
const SUCCEEDED = (name: string, on?: string): PodFacts => ({ ...FAILED(name, on), phase: 'Succeeded' });
const RUNNING = (name: string, on?: string): PodFacts => ({ ...FAILED(name, on), phase: 'Running' });
const EVICTED = (name: string): PodFacts => ({ name, phase: 'Failed', reason: 'Evicted' });

interface NodeChanges {
  /** Nodes that the cache, and that only the server knows at first. */
  readonly cached?: readonly string[];
  readonly onServer?: readonly string[];
  readonly delayMs: number;
  /** The same after the quarantine, where they have changed. */
  readonly cachedAfter?: readonly string[];
  readonly onServerAfter?: readonly string[];
  readonly pods: readonly PodFacts[];
  readonly deleted: readonly string[];
  readonly patched: readonly string[];
}

const LONG = 2 * QUARANTINE_MS;
const NONE = { deleted: [], patched: [] };
const THREE = [RUNNING('a', 'existing1'), FAILED('b', 'existing2'), SUCCEEDED('c', 'existing2')];
const GONE = [FAILED('a', 'deleted'), SUCCEEDED('b', 'deleted')];

const ORPHANED: readonly (readonly [string, NodeChanges])[] = [
  ['nodes present in lister', { cached: ['existing1', 'existing2'], delayMs: LONG, pods: THREE, ...NONE }],
  ['nodes present in client', { onServer: ['existing1', 'existing2'], delayMs: LONG, pods: THREE, ...NONE }],
  ['no nodes', { delayMs: LONG, pods: GONE, deleted: ['a', 'b'], patched: [] }],
  [
    'no nodes, one running pod',
    { delayMs: LONG, pods: [...GONE, RUNNING('c', 'deleted')], deleted: ['a', 'b', 'c'], patched: ['c'] },
  ],
  ['quarantine not finished', { delayMs: QUARANTINE_MS / 2, pods: [FAILED('a', 'deleted')], ...NONE }],
  [
    'wrong nodes',
    { cached: ['existing'], delayMs: LONG, pods: [RUNNING('a', 'deleted')], deleted: ['a'], patched: ['a'] },
  ],
  [
    'some nodes missing',
    {
      cached: ['existing'],
      delayMs: LONG,
      pods: [FAILED('a', 'deleted'), FAILED('b', 'existing'), SUCCEEDED('c', 'deleted'), RUNNING('d', 'deleted')],
      deleted: ['a', 'c', 'd'],
      patched: ['d'],
    },
  ],
  [
    'node added to client after quarantine',
    { delayMs: LONG, onServerAfter: ['node'], pods: [RUNNING('a', 'node')], ...NONE },
  ],
  [
    'node added to informer after quarantine',
    { delayMs: LONG, cachedAfter: ['node'], pods: [FAILED('a', 'node')], ...NONE },
  ],
  [
    'node deleted from client after quarantine',
    {
      onServer: ['node'],
      delayMs: LONG,
      onServerAfter: [],
      pods: [FAILED('a', 'node')],
      deleted: ['a'],
      patched: [],
    },
  ],
  [
    'node deleted from informer after quarantine',
    { cached: ['node'], delayMs: LONG, cachedAfter: [], pods: [SUCCEEDED('a', 'node')], ...NONE },
  ],
];

const going = (name: string, on: string, phase = ''): PodFacts => ({ name, phase, node: on, isGoing: true });
const out = (name: string): KubernetesObject => node(name, 'False', true);

describe(source.file, () => {
  upstreamEach(
    source,
    'TestGCTerminated',
  )([
    [
      'delete pod a which is PodFailed and pod b which is PodSucceeded',
      [FAILED('a'), SUCCEEDED('b'), FAILED('c')],
      1,
      'a b',
    ],
    ['threshold = 0, disables terminated pod deletion', [FAILED('a'), SUCCEEDED('b')], 0, ''],
    [
      'threshold = 1, delete pod a which is PodFailed and pod b which is PodSucceeded',
      [FAILED('a'), SUCCEEDED('b'), FAILED('c')],
      1,
      'a b',
    ],
    ['threshold = 1, delete pod b which is PodSucceeded', [RUNNING('a'), SUCCEEDED('b'), FAILED('c')], 1, 'b'],
    ['threshold = 1, delete pod a which is PodFailed', [FAILED('a'), SUCCEEDED('b')], 1, 'a'],
    ["threshold = 5, don't delete pod", [FAILED('a'), SUCCEEDED('b')], 5, ''],
    ['an evicted pod goes first', [FAILED('a'), SUCCEEDED('b'), EVICTED('c')], 1, 'c a'],
    ['an evicted pod goes alone', [RUNNING('a'), SUCCEEDED('b'), EVICTED('c')], 1, 'c'],
  ] as const)('%s', (_name, pods, threshold, deleted) => {
    expect(surplus(podsOf(pods), threshold).map(nameOf).join(' ')).toBe(deleted);
  });

  upstreamEach(source, 'TestGCOrphaned')(ORPHANED)('%s', (_name, one) => {
    const pods = podsOf(one.pods);
    const first = new FakeCluster([...pods, ...nodesOf(one.cached)], { onServer: nodesOf(one.onServer) });
    first.reconcile(podGc, '');
    expect(called(first, 'delete')).toEqual([]);
    const second = new FakeCluster([...pods, ...nodesOf(one.cachedAfter ?? one.cached)], {
      nowMs: one.delayMs,
      onServer: nodesOf(one.onServerAfter ?? one.onServer),
    });
    second.memory = first.memory;
    // The Node that only the cache has lost is there for the server.
    if (one.cached?.includes('node') === true) expect(second.memory).toBeUndefined();
    second.reconcile(podGc, '');
    expect(called(second, 'delete')).toEqual(one.deleted);
    expect(called(second, 'patch')).toEqual(one.patched);
  });

  upstreamEach(
    source,
    'TestGCUnscheduledTerminating',
  )([
    [
      'Unscheduled pod in any phase must be deleted',
      [FAILED('a'), SUCCEEDED('b'), RUNNING('c')].map((pod) => ({ ...pod, isGoing: true as const })),
      ['a', 'b', 'c'],
      ['c'],
    ],
    [
      'Scheduled pod in any phase must not be deleted',
      [FAILED('a'), SUCCEEDED('b', 'node'), { ...RUNNING('c', 'node'), isGoing: true as const }],
      [],
      [],
    ],
  ] as const)('%s', (_name, pods, deleted, patched) => {
    const cluster = new FakeCluster(podsOf(pods));
    cluster.reconcile(podGc, '');
    expect(called(cluster, 'delete')).toEqual(deleted);
    expect(called(cluster, 'patch')).toEqual(patched);
  });

  upstreamEach(
    source,
    'TestGCTerminating',
  )([
    [
      'pods have deletion timestamp set and the corresponding nodes are not ready',
      [node('worker-0', 'False', false), node('worker-1', 'False', false)],
      [going('a', 'worker-0'), going('b', 'worker-1')],
      [],
      [],
    ],
    [
      'some pods have deletion timestamp and/or phase set and some of the corresponding nodes have an outofservice taint that are not ready',
      [
        out('worker-0'),
        node('worker-1', 'False', false),
        node('worker-2', 'True', false),
        ...['worker-3', 'worker-4', 'worker-5'].map(out),
      ],
      [0, 1, 2, 3, 4, 5].flatMap((index): PodFacts[] => {
        // One Pod of worker-4 stands on worker-3, as upstream has it.
        const [on, number] = [`worker-${index}`, index + 1];
        return [
          { name: `a${number}`, phase: '', node: index === 4 ? 'worker-3' : on },
          going(`b${number}`, on),
          { name: `c${number}`, phase: 'Pending', node: on },
          { name: `d${number}`, phase: 'Running', node: on },
          { name: `e${number}`, phase: 'Unknown', node: on },
        ];
      }),
      ['b1', 'b4', 'b5', 'b6'],
      ['b1', 'b4', 'b5', 'b6'],
    ],
    [
      'pods deleted from node tainted out-of-service',
      [out('worker')],
      [going('a', 'worker', 'Running'), going('b', 'worker', 'Failed'), going('c', 'worker', 'Succeeded')],
      ['a', 'b', 'c'],
      ['a'],
    ],
  ] as const)('%s', (_name, nodes, pods, deleted, patched) => {
    const cluster = new FakeCluster([...podsOf(pods), ...nodes]);
    cluster.reconcile(podGc, '');
    expect(called(cluster, 'delete')).toEqual(deleted);
    expect(called(cluster, 'patch')).toEqual(patched);
  });

  upstreamLeftOut(source, {
    TestGCInspectingPatchedPodBeforeDeletion: {
      count: 3,
      reason: 'looks at generations of the patch, which the server works out here',
    },
  });
});

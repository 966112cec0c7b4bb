import { describe, expect } from 'vitest';
import { conditionsOf } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { timeOf } from '../../kernel/clock.ts';
import { DISRUPTION_BUDGETS, PODS } from '../resources.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { disruption } from './disruption.ts';

const source = {
  area: 'controllers',
  file: 'pkg/controller/disruption/disruption_test.go',
  release: '1.36.2',
} as const;

const budget = (spec: JsonObject, status: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'foobar', namespace: 'default', uid: 'pdb' },
  spec: { selector: { matchLabels: { foo: 'bar' } }, ...spec },
  status,
});

const owner = (kind: string, name: string, replicas: number, parent?: KubernetesObject): KubernetesObject => ({
  apiVersion: kind === 'ReplicationController' ? 'v1' : 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    uid: `${kind}-${name}`,
    ...(parent === undefined ? {} : { ownerReferences: [referenceTo(parent)] }),
  },
  spec: { replicas },
});

function referenceTo({ apiVersion, kind, metadata }: KubernetesObject): JsonObject {
  const { name, uid } = objectAt(metadata) ?? {};
  return { apiVersion, kind, name: name ?? '', uid: uid ?? '', controller: true };
}

function pods(count: number, by?: KubernetesObject, prefix = 'p'): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${prefix}${index}`,
      namespace: 'default',
      uid: `${prefix}${index}`,
      labels: { foo: 'bar' },
      ...(by === undefined ? {} : { ownerReferences: [referenceTo(by)] }),
    },
    spec: {},
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }));
}

/** Allowed, healthy, desired, expected. */
type Counts = readonly [number, number, number, number];

function countsAfter(objects: readonly KubernetesObject[], nowMs = 0): Counts {
  const cluster = new FakeCluster(objects, { nowMs });
  cluster.reconcile(disruption, 'default/foobar');
  const status = objectAt(cluster.objects(DISRUPTION_BUDGETS)[0], 'status') ?? {};
  const fields = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'];
  return fields.map((field) => Number(status[field] ?? 0)) as unknown as Counts;
}

const set7 = owner('ReplicaSet', 'rs', 7);
const set10 = owner('ReplicaSet', 'rs', 10);
const controller = owner('ReplicationController', 'rc', 3);
const stateful = owner('StatefulSet', 'ss', 3);
const foreign: KubernetesObject = {
  apiVersion: 'apps.test.io/v1',
  kind: 'TestWorkload',
  metadata: { name: 'fake-controller', uid: 'b7329742-8daa-493a-8881-6ca07139172b' },
};
const notReady = pods(1).map((pod) => ({ ...pod, status: { conditions: [] } }));

/** Steps of upstream's tests, each as the situation in which it ends. */
const CASES: readonly (readonly [string, readonly KubernetesObject[], Counts])[] = [
  ['TestNoSelector/no Pod', [budget({ minAvailable: 3, selector: {} })], [0, 0, 3, 0]],
  ['TestNoSelector/one Pod', [budget({ minAvailable: 3, selector: {} }), ...pods(1)], [0, 1, 3, 1]],
  ['TestUnavailable/0', [budget({ minAvailable: 3 })], [0, 0, 3, 0]],
  ['TestUnavailable/1', [budget({ minAvailable: 3 }), ...pods(1)], [0, 1, 3, 1]],
  ['TestUnavailable/2', [budget({ minAvailable: 3 }), ...pods(2)], [0, 2, 3, 2]],
  ['TestUnavailable/3', [budget({ minAvailable: 3 }), ...pods(3)], [0, 3, 3, 3]],
  ['TestUnavailable/4', [budget({ minAvailable: 3 }), ...pods(4)], [1, 4, 3, 4]],
  [
    'TestUnavailable/one not ready',
    [budget({ minAvailable: 3 }), ...notReady, ...pods(3, undefined, 'q')],
    [0, 3, 3, 4],
  ],
  ['TestIntegerMaxUnavailableWithScaling/7', [budget({ maxUnavailable: 2 }), set7, ...pods(1, set7)], [0, 1, 5, 7]],
  [
    'TestIntegerMaxUnavailableWithScaling/5',
    [budget({ maxUnavailable: 2 }), owner('ReplicaSet', 'rs', 5), ...pods(1, set7)],
    [0, 1, 3, 5],
  ],
  [
    'TestPercentageMaxUnavailableWithScaling/7',
    [budget({ maxUnavailable: '30%' }), set7, ...pods(1, set7)],
    [0, 1, 4, 7],
  ],
  [
    'TestPercentageMaxUnavailableWithScaling/3',
    [budget({ maxUnavailable: '30%' }), owner('ReplicaSet', 'rs', 3), ...pods(1, set7)],
    [0, 1, 2, 3],
  ],
  ['TestReplicaSet', [budget({ minAvailable: '20%' }), set10, ...pods(1, set10)], [0, 1, 2, 10]],
  ...[controller, stateful].flatMap((by): (readonly [string, readonly KubernetesObject[], Counts])[] => {
    const name = by === stateful ? 'TestStatefulSetController' : 'TestReplicationController';
    return (
      [
        [0, 0, 0, 0],
        [0, 1, 2, 3],
        [0, 2, 2, 3],
        [1, 3, 2, 3],
      ] as const
    ).map((counts, count) => [`${name}/${count}`, [budget({ minAvailable: '34%' }), by, ...pods(count, by)], counts]);
  }),
];

/** A budget that cannot be counted, or not wholly: nothing is allowed, and an Event says why. */
const TOLD: readonly (readonly [string, JsonObject, KubernetesObject | undefined, string])[] = [
  ['TestIntegerMaxUnavailable', { maxUnavailable: 1 }, undefined, 'UnmanagedPods'],
  ['TestNakedPod', { minAvailable: '28%' }, undefined, 'UnmanagedPods'],
  ['TestUnsupportedControllerPod', { minAvailable: '28%' }, foreign, 'CalculateExpectedPodCountFailed'],
  ['TestStatusForUnmanagedPod', { minAvailable: '28%' }, undefined, 'UnmanagedPods'],
];

describe(source.file, () => {
  upstreamEach(source)(CASES)('%s', (_name, objects, counts) => {
    expect(countsAfter(objects)).toEqual(counts);
  });

  upstreamEach(source)(TOLD)('%s', (_name, spec, by, reason) => {
    const cluster = new FakeCluster([budget(spec), ...pods(1, by)]);
    cluster.reconcile(disruption, 'default/foobar');
    expect(cluster.events.map((event) => event.reason)).toContain(reason);
    expect(objectAt(cluster.objects(DISRUPTION_BUDGETS)[0], 'status')).toMatchObject({ disruptionsAllowed: 0 });
  });

  upstreamEach(source)([['TestUpdateDisruptedPods']])('%s', () => {
    const nowMs = 500_000;
    const disruptedPods = {
      p0: timeOf(nowMs),
      p1: timeOf(nowMs - 180_000),
      p2: timeOf(nowMs - 60_000),
      notthere: timeOf(nowMs),
    };
    const [first, ...others] = pods(3);
    const metadata = { ...objectAt(first, 'metadata'), deletionTimestamp: timeOf(nowMs) };
    const objects = [budget({ minAvailable: 1 }, { disruptedPods }), { ...first!, metadata }, ...others];
    const cluster = new FakeCluster(objects, { nowMs });
    cluster.reconcile(disruption, 'default/foobar');
    expect(objectAt(cluster.objects(DISRUPTION_BUDGETS)[0], 'status', 'disruptedPods')).toEqual({
      p2: timeOf(nowMs - 60_000),
    });
    expect(countsAfter(objects, nowMs)).toEqual([0, 1, 1, 3]);
  });

  const target = { type: 'DisruptionTarget', status: 'True', lastTransitionTime: timeOf(0) };
  upstreamEach(
    source,
    'TestStalePodDisruption',
  )([
    ['stale pod disruption', target, false, 121_000, 'False'],
    ['pod disruption in progress', target, false, 119_000, 'True'],
    ['pod disruption actuated', target, true, 121_000, 'True'],
    ['pod disruption cleared', { ...target, status: 'False' }, true, 121_000, 'False'],
  ] as const)('%s', (_name, condition, isGoing, nowMs, status) => {
    const [bare] = pods(1);
    const metadata = { ...objectAt(bare, 'metadata'), ...(isGoing ? { deletionTimestamp: timeOf(0) } : {}) };
    const pod: KubernetesObject = { ...bare!, metadata, status: { conditions: [condition] } };
    const cluster = new FakeCluster([pod], { nowMs });
    cluster.reconcile(disruption, 'pod default/p0');
    const [after] = conditionsOf(cluster.objects(PODS)[0]);
    expect(stringAt(after, 'status')).toBe(status);
  });

  upstreamLeftOut(source, {
    'TestScaleResource, TestScaleFinderNoResource': {
      count: 4,
      reason: 'scale of custom resources, which the fake of these tests does not serve',
    },
    'TestTwoControllers, TestMultipleControllers': { count: 2, reason: 'long programs over the same counts' },
    TestStalePodDisruption: { count: 3, reason: 'Pods without the condition, or with one of the kubelet' },
    'TestBasicFinderFunctions, TestInvalidSelectors, TestTotalUnmanagedPods and the rest': {
      count: 15,
      reason: 'single functions, or retries against a fake that fails',
    },
  });
});

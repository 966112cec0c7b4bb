import { expect } from 'vitest';
import { isKubernetesObject } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Reaction } from '../testing/fake-cluster.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { inSync } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { withConditionTaints } from './condition-taints.ts';
import { isExcludedFromDisruption, zoneStates } from './eviction-taints.ts';
import { nodeLifecycle } from './node-lifecycle.ts';
import { reconcileLabels } from './reconcile-labels.ts';

/** The `now` of upstream's tables, eleven years later: noon of the first day of the run. */
const NOW_MS = 12 * 3_600_000;

const POD: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod0', namespace: 'default' },
  spec: { nodeName: 'node0' },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

function nodeOf(value: unknown): KubernetesObject {
  const { metadata, spec, status } = value as JsonObject;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata as JsonObject,
    spec: (spec as JsonObject | undefined) ?? {},
    status: (status as JsonObject | undefined) ?? {},
  };
}

/** One look at the Node; what was written of it and of its Pod. */
function look(node: KubernetesObject, lease: unknown, nowMs: number, memory: unknown) {
  const leases = isKubernetesObject(lease) ? [lease] : [];
  const cluster = new FakeCluster([node, POD, ...leases], { nowMs });
  cluster.memory = memory;
  cluster.reconcile(nodeLifecycle, 'node0');
  const written = cluster.calls.filter(({ subresource }) => subresource === 'status');
  return { memory: cluster.memory, calls: written };
}

function checked(one: UpstreamCase): void {
  const node = nodeOf(one['node']);
  const first = look(node, one['lease'], NOW_MS, undefined);
  const passedMs = numberAt(one, 'timeToPassMs');
  const later =
    passedMs === undefined
      ? undefined
      : look(
          { ...node, status: objectAt(one, 'newNodeStatus') ?? {} },
          one['newLease'],
          NOW_MS + passedMs,
          first.memory,
        );
  const calls = [...first.calls, ...(later?.calls ?? [])];
  const ofNode = calls.filter(({ resource }) => resource.plural === 'nodes');
  const expected = one['expectedStatus'];
  expect(ofNode.map(({ body }) => (body as KubernetesObject)['status'])).toEqual(
    expected === undefined ? [] : [expected],
  );
  expect(calls.some(({ resource }) => resource.plural === 'pods')).toBe(one['expectedPodStatusUpdate']);
}

function nodeWith(name: string, status: string, heartbeatMs: number): KubernetesObject {
  const time = timeOf(heartbeatMs);
  const labels = { 'topology.kubernetes.io/region': 'region1', 'topology.kubernetes.io/zone': 'zone1' };
  return nodeOf({
    metadata: { name, creationTimestamp: timeOf(0), labels },
    status: { conditions: [{ type: 'Ready', status, lastHeartbeatTime: time, lastTransitionTime: time }] },
  });
}

/** Stages of what Nodes say; after each the Nodes are looked at, and then tainted as fast as they may be. */
function tainted(one: UpstreamCase): void {
  const nodes = new Map<string, KubernetesObject>();
  const memories = new Map<string, unknown>();
  let nowMs = NOW_MS;
  const pass = (key: string) => {
    const cluster = new FakeCluster([...nodes.values()], { nowMs });
    cluster.memory = memories.get(key);
    const outcome = cluster.reconcile(nodeLifecycle, key);
    memories.set(key, cluster.memory);
    for (const { name = '', body, subresource } of cluster.calls) {
      const node = nodes.get(name)!;
      if (subresource === 'status') nodes.set(name, { ...node, status: objectAt(body, 'status') ?? {} });
      else nodes.set(name, { ...node, spec: { taints: arrayAt(body, 'spec', 'taints') } });
    }
    return outcome;
  };
  for (const stage of arrayAt(one, 'stages')) {
    nowMs += numberAt(stage, 'afterMs') ?? 0;
    for (const [name, status] of Object.entries(objectAt(stage, 'ready') ?? {})) {
      const spec = nodes.get(name)?.['spec'];
      nodes.set(name, { ...nodeWith(name, String(status), nowMs), ...(spec === undefined ? {} : { spec }) });
    }
    for (const name of nodes.keys()) pass(name);
    for (let outcome = pass('*zones*'); outcome !== undefined; outcome = pass('*zones*')) {
      if (!('requeueAfterMs' in outcome)) throw new Error(JSON.stringify(outcome));
      nowMs += Number(outcome.requeueAfterMs);
    }
    for (const [name, keys] of Object.entries(objectAt(stage, 'taints') ?? {})) {
      const taints = arrayAt(nodes.get(name), 'spec', 'taints').filter(
        (taint) => stringAt(taint, 'effect') === 'NoExecute',
      );
      expect(taints.map((taint) => stringAt(taint, 'key'))).toEqual(keys);
    }
  }
}

runUpstreamTests(new URL('./testdata/node-lifecycle.json', import.meta.url), {
  TestMonitorNodeHealthUpdateStatus: checked,
  TestMonitorNodeHealthUpdateNodeAndPodStatusWithLease: checked,
  TestMonitorNodeHealthMarkPodsNotReady(one) {
    const node = nodeOf(one['node']);
    const first = look(node, undefined, NOW_MS, undefined);
    const passedMs = numberAt(one, 'timeToPassMs');
    const status = objectAt(one, 'newNodeStatus') ?? {};
    const later =
      passedMs === undefined ? [] : look({ ...node, status }, undefined, NOW_MS + passedMs, first.memory).calls;
    const pods = [...first.calls, ...later].filter(({ resource }) => resource.plural === 'pods');
    expect(pods.length > 0).toBe(one['expectedPodStatusUpdate']);
  },
  TestProcessPodMarkPodNotReady(one) {
    const cluster = new FakeCluster([nodeOf(one['node']), POD], { nowMs: NOW_MS });
    if (one['monitorNodeHealth'] === true) cluster.reconcile(nodeLifecycle, 'node0');
    cluster.calls.length = 0;
    const seen = cluster.memory;
    const watch = nodeLifecycle.watches.find(({ resource }) => resource.plural === 'pods')!;
    const context = { ...cluster.context(), memoryOf: () => seen };
    const added = { type: 'ADDED', key: 'default/pod0', object: POD, old: undefined } as Parameters<
      typeof watch.keysOf
    >[0];
    for (const key of watch.keysOf(added, context))
      nodeLifecycle.reconcile(context, typeof key === 'string' ? key : key.key);
    const pods = cluster.calls.filter(({ resource }) => resource.plural === 'pods');
    expect(pods.length > 0).toBe(one['expectedPodStatusUpdate']);
  },
  TestMonitorNodeHealth(one) {
    const states = (nodes: readonly KubernetesObject[]) =>
      Object.fromEntries([...zoneStates(nodes)].map(([zone, { state }]) => [zone, state]));
    const nodes = arrayAt(one, 'nodes').map(nodeOf);
    expect(states(nodes)).toEqual(objectAt(one, 'expectedInitialStates'));
    const later = nodes.map((node, at) => {
      const status = arrayAt(one, 'later')[at];
      const conditions = typeof status === 'string' ? [{ type: 'Ready', status }] : [];
      return { ...node, status: { conditions } };
    });
    expect(states(later)).toEqual(objectAt(one, 'expectedFollowingStates'));
  },
  Test_isNodeExcludedFromDisruptionChecks(one) {
    expect(isExcludedFromDisruption(nodeOf(one['node']))).toBe(one['want']);
  },
  TestReconcileNodeLabels(one) {
    const labels = objectAt(one, 'labels');
    const node = nodeOf({ metadata: { name: 'node0', ...(labels === undefined ? {} : { labels }) } });
    const { result } = inSync([node], (context) => reconcileLabels(context, node));
    expect(result.calls.length).toBeLessThanOrEqual(1);
    expect({ ...labels, ...objectAt(result.calls[0]?.body, 'metadata', 'labels') }).toEqual(
      objectAt(one, 'expectedLabels') ?? {},
    );
  },
  TestMonitorNodeHealthMarkPodsNotReadyRetry(one) {
    const node = nodeWith('node0', 'True', NOW_MS);
    let left = numberAt(one, 'fails') ?? 0;
    let updates = 0;
    let memory: unknown = undefined;
    let ready = node;
    for (const passedMs of [0, 60_000, 60_000]) {
      const react: Reaction = ({ resource, subresource }) => {
        if (resource.plural !== 'pods' || subresource !== 'status') return undefined;
        updates++;
        return left-- > 0 ? { ok: false, code: 500, reason: 'InternalError', message: 'fake error' } : undefined;
      };
      const cluster = new FakeCluster([ready, POD], { nowMs: NOW_MS + passedMs, react });
      cluster.memory = memory;
      cluster.reconcile(nodeLifecycle, 'node0');
      memory = cluster.memory;
      if (passedMs > 0) ready = nodeWith('node0', 'False', NOW_MS + 2000);
    }
    expect(updates).toBe(one['expectedPodStatusUpdates']);
  },
  TestApplyNoExecuteTaints: tainted,
  TestApplyNoExecuteTaintsToUnreachableNode: tainted,
  TestApplyNoExecuteTaintsToNodesEnqueueTwice: tainted,
  TestSwapUnreachableNotReadyTaints: tainted,
  TestNodeEventGeneration(one) {
    const cluster = new FakeCluster([nodeOf(one['node']), POD], { nowMs: NOW_MS });
    cluster.reconcile(nodeLifecycle, 'node0');
    const events = cluster.events.map(({ reason, about }) => ({ reason, uid: stringAt(about, 'metadata', 'uid') }));
    expect(events).toEqual(one['events']);
  },
  TestTaintsNodeByCondition(one) {
    const taints = withConditionTaints(nodeOf(one['node']), '2026-01-01T12:00:00Z');
    expect(taints.map((taint) => stringAt(taint, 'key'))).toEqual(arrayAt(one, 'expectedTaints'));
    expect(taints.every((taint) => stringAt(taint, 'effect') === 'NoSchedule')).toBe(true);
  },
});

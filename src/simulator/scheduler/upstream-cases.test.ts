import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { LeftOut } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { ClusterEvent } from './cluster-event.ts';
import { matchesEvent } from './cluster-event.ts';
import { failedSchedulingMessage } from './failed-scheduling.ts';
import { addNode, emptyNodeTree, nodeOrder, removeNode, updateNode } from './node-tree.ts';
import type { NodeTree } from './node-tree.ts';
import { nodeEvents, podEvents } from './object-events.ts';
import { snapshotOf } from './plugins/testing/snapshot.ts';
import type { PodInfo } from './pod-info.ts';
import { podInfoOf } from './pod-info.ts';
import { podStatusPatch } from './pod-status-patch.ts';
import { byImportance, meritsOf } from './preemption/candidate.ts';
import type { PreemptionFlow } from './preemption/preempt.ts';
import type { QueuedPod } from './queue/queued-pod.ts';
import { activeKey } from './queue/queued-pod.ts';
import { feasibleNodesToFind } from './schedule-pod.ts';
import { isPreempting } from './scheduler-state.ts';
import feasible from './testdata/feasible-nodes.json' with { type: 'json' };
import tables from './testdata/framework-cases.json' with { type: 'json' };

type Case = JsonObject;

function typed(kind: string, value: JsonValue | undefined): KubernetesObject {
  return { ...(value as JsonObject), apiVersion: 'v1', kind };
}

const nodeAt = (one: Case, field: string): KubernetesObject => typed('Node', one[field]);
const nodesAt = (one: Case, field: string): readonly KubernetesObject[] =>
  arrayAt(one, field).map((node) => typed('Node', node));
const podAt = (value: JsonValue | undefined): PodInfo => podInfoOf(typed('Pod', value));

function treeOf({ names }: NodeTree): JsonObject {
  return Object.fromEntries([...names].map(([zone, nodes]) => [zone, [...nodes]]));
}

/** The order in which it would be looked at, by a tree to which all this was done. */
function operated(one: Case): JsonValue {
  const tree = emptyNodeTree();
  const [add, remove] = [nodesAt(one, 'add'), nodesAt(one, 'remove')];
  let [added, removed] = [0, 0];
  for (const operation of arrayAt(one, 'operations')) {
    if (operation === 'add') addNode(tree, add[added++]!);
    else removeNode(tree, remove[removed++]!);
  }
  return [...nodeOrder(tree)];
}

const ANSWERS: Readonly<Record<string, (one: Case) => unknown>> = {
  nodeEvents: (one) => nodeEvents(nodeAt(one, 'before'), nodeAt(one, 'after')),
  podEvents: (one) => podEvents(typed('Pod', one['before']), typed('Pod', one['after'])),
  fitError(one) {
    const preFilter = stringAt(one, 'preFilter')!;
    const reasons = arrayAt(one, 'reasons').map((list) => (list as readonly string[]).map(String));
    const nodeCount = numberAt(one, 'nodeCount')!;
    const postFilter = stringAt(one, 'postFilter')!;
    return failedSchedulingMessage({
      nodeCount,
      preFilter: preFilter === '' ? undefined : { code: 'Unschedulable', reasons: [preFilter] },
      verdicts: reasons.map((list) => ({ code: 'Unschedulable' as const, reasons: list })),
      others: { reasons: arrayAt(one, 'absent').map(String), count: nodeCount - reasons.length },
      postFilter: postFilter === '' ? [] : [postFilter],
    });
  },
  match: (one) =>
    matchesEvent(
      objectAt(one, 'registered') as unknown as ClusterEvent,
      objectAt(one, 'happened') as unknown as ClusterEvent,
    ),
  resources(one) {
    const { requests, nonZeroRequests } = podAt(one['pod']);
    return {
      cpuMilli: requests.cpuMilli,
      memoryBytes: requests.memoryBytes,
      ephemeralBytes: requests.ephemeralBytes,
      scalar: Object.fromEntries(requests.scalar ?? []),
      nonZeroCpuMilli: nonZeroRequests.cpuMilli,
      nonZeroMemoryBytes: nonZeroRequests.memoryBytes,
    };
  },
  tree(one) {
    const tree = emptyNodeTree();
    const nodes = nodesAt(one, 'add');
    for (const node of nodes) addNode(tree, node);
    for (const node of nodesAt(one, 'remove')) removeNode(tree, node);
    const updated = objectAt(one, 'update');
    if (updated !== undefined) {
      const node = nodeAt(one, 'update');
      updateNode(
        tree,
        nodes.find((before) => nameOf(before) === nameOf(node)),
        node,
      );
    }
    return treeOf(tree);
  },
  order(one) {
    const tree = emptyNodeTree();
    for (const node of nodesAt(one, 'add')) addNode(tree, node);
    return [...nodeOrder(tree)];
  },
  operations: operated,
  usedClaims(one) {
    const pods = arrayAt(one, 'pods').map((pod) => typed('Pod', pod));
    const names = new Set(pods.flatMap((pod) => stringAt(pod, 'spec', 'nodeName') ?? []));
    const nodes = [...names].map((name) => typed('Node', { metadata: { name } }));
    return [...snapshotOf(nodes, pods).usedClaims.keys()].sort();
  },
  moreImportant: (one) => byImportance(podAt(one['a']), podAt(one['b'])) < 0,
  earliest(one) {
    const victims = arrayAt(one, 'pods').map((pod) => podAt(pod));
    return meritsOf({ node: '', victims, budgetViolations: 0 }).earliestStart;
  },
  hostPorts: (one) => podAt(one['pod']).hostPorts.map(({ port }) => port),
  preempting(one) {
    const lastVictims = objectAt(one, 'lastVictims') ?? {};
    const flows = arrayAt(one, 'running').map((uid) => {
      const flow = { kind: 'preempt', lastVictim: stringAt(lastVictims, String(uid)) } as PreemptionFlow;
      return [`preempt/${String(uid)}`, flow] as const;
    });
    const pods = new Map(arrayAt(one, 'pods').map((pod) => [podAt(pod).key, typed('Pod', pod)]));
    return isPreempting(new Map(flows), stringAt(one, 'uid')!, (key) => pods.get(key));
  },
  clearNomination(one) {
    const status = { nominatedNodeName: stringAt(one, 'current')! };
    const pod = typed('Pod', { metadata: { name: 'foo', namespace: 'default' }, status });
    return valueAt(podStatusPatch(pod, undefined, '', 0)?.body, 'status') ?? null;
  },
};

describe.each(tables)('$source', (table) => {
  const source = { area: 'scheduler', file: table.source, release: table.release } as const;
  const cases = (table.cases as unknown as readonly Case[]).map((one) => [stringAt(one, 'name')!, one] as const);
  if (cases.length > 0)
    upstreamEach(source)(cases)('%s', (_name, one) => {
      expect(ANSWERS[stringAt(one, 'what')!]!(one)).toEqual(one['want']);
    });
  upstreamLeftOut(source, table.leftOut as unknown as LeftOut);
});

describe('how many Nodes are enough', () => {
  const source = { area: 'scheduler', file: 'pkg/scheduler/schedule_one_test.go', release: feasible.release } as const;
  upstreamEach(source, 'TestNumFeasibleNodesToFind')(feasible.cases.map((one) => [one.name, one] as const))(
    '%s',
    (_name, { numAllNodes, profilePercentage, globalPercentage, wantNumNodes }) => {
      const percentage = profilePercentage === 0 ? globalPercentage : profilePercentage;
      expect(feasibleNodesToFind(numAllNodes, percentage)).toBe(wantNumNodes);
    },
  );
});

describe('who comes first', () => {
  const source = {
    area: 'scheduler',
    file: 'pkg/scheduler/framework/plugins/queuesort/priority_sort_test.go',
    release: '1.36.2',
  } as const;
  const queued = (priority: number, timestampMs: number): QueuedPod =>
    ({ pod: { priority }, timestampMs, order: 1 }) as QueuedPod;
  const [low, high] = [10, 100];
  upstreamEach(
    source,
    'TestLess',
  )([
    ['p1.priority less than p2.priority', queued(low, 0), queued(high, 0), false],
    ['p1.priority greater than p2.priority', queued(high, 0), queued(low, 0), true],
    ['equal priority. p1 is added to schedulingQ earlier than p2', queued(high, 1), queued(high, 2), true],
    ['equal priority. p2 is added to schedulingQ earlier than p1', queued(high, 2), queued(high, 1), false],
  ] as const)('%s', (_name, p1, p2, isFirst) => {
    expect(activeKey(p1) < activeKey(p2)).toBe(isFirst);
  });
});

describe('what kube-scheduler does not do with the settings that it has by default', () => {
  upstreamLeftOut(
    { area: 'scheduler', file: 'pkg/scheduler/framework/runtime/batch_test.go', release: '1.36.2' },
    {
      TestBatchBasic: {
        count: 8,
        reason:
          'OpportunisticBatching is on, but of Pods without a signature nothing is kept, and PodTopologySpread signs none while it has the default constraints of the system',
      },
    },
  );
  upstreamLeftOut(
    { area: 'scheduler', file: 'pkg/scheduler/extender_test.go', release: '1.36.2' },
    {
      'TestSchedulerWithExtenders, TestIsInterested, TestConvertToMetaVictims and TestConvertToVictims': {
        count: 18,
        reason: 'the default configuration names no extenders, and a script cannot name any',
      },
    },
  );
});

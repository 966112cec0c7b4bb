import { expect } from 'vitest';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import type { ClusterEvent } from '../cluster-event.ts';
import { Action } from '../cluster-event.ts';
import { podEvents } from '../object-events.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { snapshotOf } from '../plugins/testing/snapshot.ts';
import type { PodInfo } from '../pod-info.ts';
import { podInfoOf } from '../pod-info.ts';
import type { QueuedPod } from './queued-pod.ts';
import type { SchedulingQueue } from './scheduling-queue.ts';
import {
  activate,
  addPod,
  addUnschedulable,
  emptyQueue,
  flushBackoff,
  flushUnschedulable,
  moveOn,
  popPod,
  updatePod,
} from './scheduling-queue.ts';

/** Cases that upstream writes as code, told step by step; a Pod is named `name` or `name:priority`. */
type Step =
  | readonly ['add', pod: string, labels?: Readonly<Record<string, string>>]
  | readonly ['pop', pod: string]
  | readonly ['fail', pod: string, unschedulable: string, pending?: string]
  | readonly ['update', pod: string]
  | readonly ['activate', pod: string]
  | readonly ['event', event: ClusterEvent]
  | readonly ['wait', ms: number]
  | readonly ['flush']
  | readonly ['flushUnschedulable']
  | readonly ['is', pod: string, where: 'active' | 'backoff' | 'unschedulable' | 'gated' | 'nowhere'];

const EVERYTHING: ClusterEvent = { resource: '*', actions: Action.All, label: 'UnschedulableTimeout' };
const NODE_ADD: ClusterEvent = { resource: 'Node', actions: Action.Add };
const POD_UPDATE: ClusterEvent = { resource: 'UnschedulablePod', actions: Action.Update };

/** Plugins that answer events as their names say; the gates let through Pods with their label. */
const PLUGINS: readonly SchedulerPlugin[] = [
  { name: 'plugin', events: [{ event: NODE_ADD }] },
  { name: 'queues', events: [NODE_ADD, POD_UPDATE].map((event) => ({ event, hint: () => 'Queue' as const })) },
  { name: 'skips', events: [NODE_ADD, POD_UPDATE].map((event) => ({ event, hint: () => 'QueueSkip' as const })) },
  { name: 'deaf', events: [] },
];

function gate(name: string, label: string, events: SchedulerPlugin['events'] = []): SchedulerPlugin {
  const refused = { code: 'UnschedulableAndUnresolvable', reasons: ['not in allowlists'] } as const;
  return { name, events, preEnqueue: ({ labels }) => (labels.has(label) ? undefined : refused) };
}

class Story {
  readonly queue: SchedulingQueue = emptyQueue();
  private readonly plugins: readonly SchedulerPlugin[];
  private readonly pods = new Map<string, PodInfo>();
  private readonly tried = new Map<string, QueuedPod>();
  private nowMs = 1_000_000;

  constructor(plugins: readonly SchedulerPlugin[]) {
    this.plugins = plugins;
  }

  do(step: Step): void {
    const context = {
      nowMs: this.nowMs,
      plugins: this.plugins,
      snapshot: snapshotOf([], []),
      facts: { isPreempting: () => false },
      backoff: { initialMs: 1000, maxMs: 10_000 },
      cause: 0,
    };
    switch (step[0]) {
      case 'add':
        return addPod(this.queue, this.pod(step[1], step[2]), context);
      case 'pop': {
        const queued = popPod(this.queue);
        expect(queued?.pod.uid).toBe(this.pod(step[1]).uid);
        this.tried.set(step[1], queued!);
        return;
      }
      case 'fail': {
        const lists = { unschedulablePlugins: listOf(step[2]), pendingPlugins: listOf(step[3] ?? '') };
        return addUnschedulable(this.queue, this.tried.get(step[1])!, lists, context);
      }
      case 'update': {
        const before = this.pod(step[1]).pod;
        const metadata = { ...(before['metadata'] as object), annotations: { foo: 'test' } };
        const after = podInfoOf({ ...before, metadata });
        return updatePod(this.queue, before, after, podEvents(before, after.pod), context);
      }
      case 'activate':
        return activate(this.queue, this.pod(step[1]), context);
      case 'event':
        return moveOn(this.queue, step[1], undefined, undefined, context);
      case 'wait':
        this.nowMs += step[1];
        return;
      case 'flush':
        return flushBackoff(this.queue, context);
      case 'flushUnschedulable':
        return flushUnschedulable(this.queue, 300_000, context);
      case 'is':
        expect(this.placeOf(this.pod(step[1]).key)).toBe(step[2]);
    }
  }

  private placeOf(key: string): string {
    const place = this.queue.places.get(key);
    if (place !== undefined) return place.queue;
    if (this.queue.unschedulable.has(key)) return 'unschedulable';
    return [...this.queue.gated.values()].some((pods) => pods.has(key)) ? 'gated' : 'nowhere';
  }

  private pod(named: string, labels: Readonly<Record<string, string>> = {}): PodInfo {
    let pod = this.pods.get(named);
    if (pod === undefined) {
      const [name = '', priority = '0'] = named.split(':');
      const metadata = { name, namespace: 'ns1', uid: name, labels };
      pod = podInfoOf({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { priority: Number(priority) } });
      this.pods.set(named, pod);
    }
    return pod;
  }
}

function listOf(names: string): readonly string[] {
  return names === '' ? [] : names.split(' ');
}

const source = {
  area: 'scheduler',
  file: 'pkg/scheduler/backend/queue/scheduling_queue_test.go',
  release: '1.36.2',
} as const;

const [MID, HIGH, NEWER] = ['mid:500', 'high:1000', 'newer:1000'];
const refused = (plugin: string, waitMs = 0): readonly Step[] => [
  ['add', MID],
  ['pop', MID],
  ['fail', MID, plugin],
  ['wait', waitMs],
];
/** Fails, waits as long as its back-off, which the flush of the first second does not end, and waits no more. */
const failure = (backoffMs: number): readonly Step[] => [
  ['pop', MID],
  ['fail', MID, 'plugin'],
  ['event', EVERYTHING],
  ['is', MID, 'backoff'],
  ['wait', 1000],
  ['flush'],
  ['is', MID, 'backoff'],
  ['wait', backoffMs],
  ['flush'],
  ['is', MID, 'active'],
];

const STORIES: readonly (readonly [name: string, steps: readonly Step[], gates?: readonly SchedulerPlugin[]])[] = [
  [
    'TestRecentlyTriedPodsGoBack',
    [
      ['add', 'a:1000'],
      ['add', 'b:1000'],
      ['add', 'c:1000'],
      ['wait', 1],
      ['pop', 'a:1000'],
      ['fail', 'a:1000', 'plugin'],
      ['wait', 10_000],
      ['event', EVERYTHING],
      ['pop', 'b:1000'],
      ['pop', 'c:1000'],
      ['pop', 'a:1000'],
    ],
  ],
  [
    'TestPodFailedSchedulingMultipleTimesDoesNotBlockNewerPod',
    [
      ['add', HIGH],
      ['pop', HIGH],
      ['fail', HIGH, 'plugin'],
      ['wait', 2000],
      ['event', EVERYTHING],
      ['pop', HIGH],
      ['add', NEWER],
      ['fail', HIGH, 'plugin'],
      ['wait', 2000],
      ['event', EVERYTHING],
      ['pop', NEWER],
    ],
  ],
  [
    'TestHighPriorityBackoff',
    [
      ['add', MID],
      ['add', HIGH],
      ['pop', HIGH],
      ['fail', HIGH, 'plugin'],
      ['event', EVERYTHING],
      ['pop', MID],
    ],
  ],
  [
    'TestHighPriorityFlushUnschedulablePodsLeftover',
    [
      ['add', HIGH],
      ['pop', HIGH],
      ['add', MID],
      ['pop', MID],
      ['fail', HIGH, 'plugin'],
      ['fail', MID, 'plugin'],
      ['wait', 301_000],
      ['flushUnschedulable'],
      ['pop', HIGH],
      ['pop', MID],
    ],
  ],
  ['TestBackOffFlow', [['add', MID], ...[1000, 2000, 4000, 8000, 10_000, 10_000, 10_000].flatMap(failure)]],
  [
    "TestPriorityQueue_Update/Update pod that didn't exist in the queue",
    [
      ['update', MID],
      ['is', MID, 'active'],
    ],
  ],
  [
    'TestPriorityQueue_Update/When updating a pod that is already in activeQ, the pod should remain in activeQ after Update()',
    [
      ['add', HIGH],
      ['update', HIGH],
      ['is', HIGH, 'active'],
    ],
  ],
  [
    'TestPriorityQueue_Update/When updating a pod that is in backoff queue and is still backing off, it will be updated in backoff queue',
    [...refused('plugin'), ['event', EVERYTHING], ['update', MID], ['is', MID, 'backoff']],
  ],
  [
    'TestPriorityQueue_Update/when updating a pod in unschedulablePods, if its backoff timer has not yet expired, it moves to backoffQ',
    [...refused('queues'), ['update', MID], ['is', MID, 'backoff']],
  ],
  [
    'TestPriorityQueue_Update/when updating a pod in unschedulablePods, if its backoff timer has expired, it moves to activeQ',
    [...refused('queues', 10_000), ['update', MID], ['is', MID, 'active']],
  ],
  [
    'TestPriorityQueue_Update/when updating a pod in unschedulablePods, if the scheduling hint returns QueueSkip, it remains in unschedulablePods',
    [...refused('skips'), ['update', MID], ['is', MID, 'unschedulable']],
  ],
  [
    'TestPriorityQueue_Update/when updating a pod which is in flightPods, the pod will not be added to any queue',
    [
      ['add', MID],
      ['pop', MID],
      ['update', MID],
      ['is', MID, 'nowhere'],
    ],
  ],
  [
    'TestPriorityQueue_Activate/pod already in activeQ',
    [
      ['add', HIGH],
      ['activate', HIGH],
      ['is', HIGH, 'active'],
    ],
  ],
  [
    'TestPriorityQueue_Activate/pod not in unschedulablePods/backoffQ',
    [
      ['activate', HIGH],
      ['is', HIGH, 'nowhere'],
    ],
  ],
  [
    'TestPriorityQueue_Activate/[QHint] pod not in unschedulablePods/backoffQ but in-flight',
    [
      ['add', HIGH],
      ['pop', HIGH],
      ['activate', HIGH],
      ['is', HIGH, 'nowhere'],
      ['fail', HIGH, 'deaf'],
      ['is', HIGH, 'backoff'],
    ],
  ],
  [
    'TestPriorityQueue_Activate/pod in unschedulablePods',
    [...refused('deaf'), ['activate', MID], ['is', MID, 'active']],
  ],
  [
    'TestPriorityQueue_Activate/pod in backoffQ',
    [...refused('plugin'), ['event', NODE_ADD], ['is', MID, 'backoff'], ['activate', MID], ['is', MID, 'active']],
  ],
  [
    'TestPriorityQueue_MoveAllToActiveOrBackoffQueueWithQueueingHint/Queue queues pod to activeQ',
    [
      ['add', MID],
      ['pop', MID],
      ['fail', MID, '', 'queues'],
      ['event', NODE_ADD],
      ['is', MID, 'active'],
    ],
  ],
  [
    'TestPriorityQueue_MoveAllToActiveOrBackoffQueueWithQueueingHint/Queue queues pod to backoffQ if Pod is backing off',
    [...refused('queues'), ['event', NODE_ADD], ['is', MID, 'backoff']],
  ],
  [
    'TestPriorityQueue_MoveAllToActiveOrBackoffQueueWithQueueingHint/Queue queues pod to activeQ if Pod is not backing off',
    [...refused('queues', 2000), ['event', NODE_ADD], ['is', MID, 'active']],
  ],
  [
    'TestPriorityQueue_MoveAllToActiveOrBackoffQueueWithQueueingHint/Skip queues pod to unschedulablePods',
    [...refused('skips'), ['event', NODE_ADD], ['is', MID, 'unschedulable']],
  ],
  [
    'TestPriorityQueue_moveToActiveQ/no plugins registered',
    [
      ['add', MID],
      ['is', MID, 'active'],
    ],
  ],
  [
    'TestPriorityQueue_moveToActiveQ/preEnqueue plugin registered, pod failed one preEnqueue plugin',
    [
      ['add', MID, { bar: '' }],
      ['is', MID, 'gated'],
    ],
    [gate('a', 'bar'), gate('b', 'foo')],
  ],
  [
    'TestPriorityQueue_moveToActiveQ/preEnqueue plugin registered, pod failed one preEnqueue plugin when activated from unschedulablePods',
    [
      ['add', MID, { bar: '' }],
      ['activate', MID],
      ['is', MID, 'gated'],
    ],
    [gate('a', 'bar'), gate('b', 'foo')],
  ],
  [
    'TestPriorityQueue_moveToActiveQ/preEnqueue plugin registered, pod passed all preEnqueue plugins',
    [
      ['add', MID, { bar: '' }],
      ['is', MID, 'active'],
    ],
    [gate('a', 'bar'), gate('b', 'bar')],
  ],
  [
    "TestPriorityQueue_MoveAllToActiveOrBackoffQueueWithQueueingHint/QueueHintFunction is not called when Pod is gated by the plugin that isn't interested in the event",
    [
      ['add', MID],
      ['event', NODE_ADD],
      ['is', MID, 'gated'],
    ],
    [gate('a', 'bar')],
  ],
];

upstreamEach(source)(STORIES)('%s', (_name, steps, gates = []) => {
  const story = new Story([...gates, ...PLUGINS]);
  for (const step of steps) story.do(step);
});

import { describe, expect, it } from 'vitest';
import { View } from '../../client/view.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import type { PodInfo } from '../pod-info.ts';
import { podInfoOf } from '../pod-info.ts';
import type { QueuedPod } from './queued-pod.ts';
import { backoffEndMs } from './queued-pod.ts';
import type { QueueContext } from './scheduling-queue.ts';
import {
  activate,
  addPod,
  addUnschedulable,
  emptyQueue,
  flushBackoff,
  flushUnschedulable,
  moveOn,
  popPod,
  queuedPod,
} from './scheduling-queue.ts';
import upstream from './testdata/backoff-time.json' with { type: 'json' };

const NODE_ADD = { resource: 'Node', actions: Action.Add } as const;
const fit: SchedulerPlugin = { name: 'Fit', events: [{ event: NODE_ADD }] };
const gates: SchedulerPlugin = {
  name: 'Gates',
  events: [],
  preEnqueue: ({ labels }) => (labels.has('gated') ? { code: 'Unschedulable', reasons: ['gated'] } : undefined),
};

function at(nowMs: number): QueueContext {
  const empty = new Map<string, never>();
  return {
    nowMs,
    plugins: [gates, fit],
    snapshot: {
      nodes: [],
      find: () => undefined,
      nodesWithAffinity: empty,
      nodesWithRequiredAntiAffinity: empty,
      usedClaims: empty,
      imageNodes: empty,
      view: () => View.empty(),
      get: () => undefined,
      assumedOnly: () => [],
      nowMs,
      hasNominated: false,
      nominated: () => [],
    },
    facts: { isPreempting: () => false },
    backoff: { initialMs: 1000, maxMs: 10_000 },
    cause: 0,
  };
}

function pod(name: string, priority = 0, labels: Record<string, string> = {}): PodInfo {
  const metadata = { name, namespace: 'default', uid: name, labels };
  return podInfoOf({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { priority } });
}

const refusedByFit = { unschedulablePlugins: ['Fit'], pendingPlugins: [] };

describe('the end of a back-off', () => {
  it('counts the cases', () => expect(upstream.cases).toHaveLength(4));
  it.each(upstream.cases)('$name', ({ initialMs, maxMs, wantMs, ...counts }) => {
    const queued: QueuedPod = {
      pod: pod('p'),
      order: 1,
      attempts: 0,
      ...refusedByFit,
      gatingPlugin: '',
      cause: 0,
      ...counts,
    };
    expect(backoffEndMs(queued, { initialMs, maxMs })).toBe(wantMs);
  });
});

describe('the queue', () => {
  it('gives the Pod of the highest priority first, then who came first', () => {
    const queue = emptyQueue();
    addPod(queue, pod('low-1'), at(0));
    addPod(queue, pod('high', 10), at(5));
    addPod(queue, pod('low-2'), at(0));
    expect([popPod(queue), popPod(queue), popPod(queue)].map((queued) => queued?.pod.uid)).toEqual([
      'high',
      'low-1',
      'low-2',
    ]);
  });

  it('tries a refused Pod again after an event that may help it, and not after another', () => {
    const queue = emptyQueue();
    addPod(queue, pod('p'), at(0));
    addUnschedulable(queue, popPod(queue)!, refusedByFit, at(10));
    moveOn(queue, { resource: 'Node', actions: Action.Delete }, undefined, undefined, at(20));
    expect(popPod(queue)).toBeUndefined();
    moveOn(queue, NODE_ADD, undefined, undefined, at(30));
    expect(queue.backoff.size).toBe(1);
    expect(popPod(queue)?.attempts).toBe(2);
  });

  it('remembers what happened while a Pod was being tried', () => {
    const queue = emptyQueue();
    addPod(queue, pod('p'), at(0));
    const tried = popPod(queue)!;
    moveOn(queue, NODE_ADD, undefined, undefined, at(5));
    addUnschedulable(queue, tried, refusedByFit, at(10));
    expect(queue.backoff.size).toBe(1);
    expect(queue.events).toHaveLength(0);
  });

  it('lets an error wait for the end of its second', () => {
    const queue = emptyQueue();
    addPod(queue, pod('p'), at(0));
    addUnschedulable(queue, popPod(queue)!, { unschedulablePlugins: [], pendingPlugins: [] }, at(10));
    expect(popPod(queue)).toBeUndefined();
    flushBackoff(queue, at(1999));
    expect(popPod(queue)).toBeUndefined();
    flushBackoff(queue, at(2000));
    expect(popPod(queue)?.pod.uid).toBe('p');
  });

  it('tries an activated Pod at once, and one that is being tried when it comes back', () => {
    const queue = emptyQueue();
    addPod(queue, pod('p'), at(0));
    const tried = popPod(queue)!;
    activate(queue, tried.pod, at(5));
    addUnschedulable(queue, tried, refusedByFit, at(10));
    expect(queue.backoff.size).toBe(1);
    activate(queue, tried.pod, at(15));
    expect(queue.active.size).toBe(1);
    expect(queue.backoff.size).toBe(0);
  });

  it('keeps a gated Pod back, and tries what has waited for five minutes', () => {
    const queue = emptyQueue();
    addPod(queue, pod('gated', 0, { gated: '' }), at(0));
    addPod(queue, pod('p'), at(0));
    addUnschedulable(queue, popPod(queue)!, refusedByFit, at(0));
    flushUnschedulable(queue, 300_000, at(300_001));
    expect(popPod(queue)?.pod.uid).toBe('p');
    expect(popPod(queue)).toBeUndefined();
    expect(queuedPod(queue, 'default/gated')?.gatingPlugin).toBe('Gates');
  });
});

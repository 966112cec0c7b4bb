import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ClusterEvent, QueueingHint } from '../cluster-event.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { snapshotOf } from '../plugins/testing/snapshot.ts';
import type { PodInfo } from '../pod-info.ts';
import { podInfoOf } from '../pod-info.ts';
import type { QueuedPod } from './queued-pod.ts';
import { backoffDurationMs } from './queued-pod.ts';
import { listenersTo, worthRequeuing } from './requeuing.ts';
import type { QueueContext, SchedulingQueue } from './scheduling-queue.ts';
import { addPod, addUnschedulable, emptyQueue, flushBackoff, moveOn, popPod } from './scheduling-queue.ts';
import tables from './testdata/queue-cases.json' with { type: 'json' };

type Case = JsonObject;

const BACKOFF = { initialMs: 1000, maxMs: 10_000 };

function podAt(value: JsonValue | undefined): PodInfo {
  return podInfoOf({ apiVersion: 'v1', kind: 'Pod', ...(value as JsonObject) });
}

function eventAt(one: JsonValue, field = 'event'): ClusterEvent {
  return objectAt(one, field) as unknown as ClusterEvent;
}

/** Plugins with the hints of the case; `called` is told of each. */
function pluginsOf(one: Case, called: () => void): readonly SchedulerPlugin[] {
  return arrayAt(one, 'plugins').map((plugin) => ({
    name: stringAt(plugin, 'name')!,
    events: arrayAt(plugin, 'events').map((registration) => ({
      event: eventAt(registration),
      hint(): QueueingHint {
        called();
        return stringAt(registration, 'hint') as QueueingHint;
      },
    })),
  }));
}

function contextAt(nowMs: number, plugins: readonly SchedulerPlugin[]): QueueContext {
  const facts = { isPreempting: () => false };
  return { nowMs, plugins, snapshot: snapshotOf([], []), facts, backoff: BACKOFF, cause: 0 };
}

function refusals(value: JsonValue): Pick<QueuedPod, 'unschedulablePlugins' | 'pendingPlugins'> {
  return {
    unschedulablePlugins: arrayAt(value, 'unschedulablePlugins').map(String),
    pendingPlugins: arrayAt(value, 'pendingPlugins').map(String),
  };
}

const namesIn = (pods: Iterable<QueuedPod>): string[] =>
  [...pods].map(({ pod }) => stringAt(pod.pod, 'metadata', 'name')!).sort();

const ANSWERS: Readonly<Record<string, (one: Case) => JsonValue>> = {
  inFlight(one) {
    const plugins = pluginsOf(one, () => undefined);
    const queue = emptyQueue();
    const tried = new Map<string, QueuedPod>();
    let nowMs = 0;
    for (const pod of arrayAt(one, 'pods')) addPod(queue, podAt(pod), contextAt((nowMs += 1000), plugins));
    const context = contextAt(nowMs, plugins);
    for (const step of arrayAt(one, 'steps')) {
      const failed = objectAt(step, 'fail');
      if (failed !== undefined) {
        const { uid } = podAt(failed['pod']);
        // Upstream's test hands over a Pod with the counts of one that was never tried.
        addUnschedulable(queue, tried.get(uid)!, refusals(failed), context);
      } else if (objectAt(step, 'add') !== undefined) addPod(queue, podAt(objectAt(step, 'add')), context);
      else if (stringAt(step, 'pop') === undefined) moveOn(queue, eventAt(step), undefined, undefined, context);
      else {
        const queued = popPod(queue)!;
        expect(queued.pod.uid).toBe(stringAt(step, 'pop'));
        tried.set(queued.pod.uid, queued);
      }
    }
    const all: JsonObject = {
      inFlight: [...queue.inFlight.keys()].sort(),
      events: inFlightEvents(queue),
      active: namesIn(queue.active.values()),
      backoff: namesIn([...queue.backoff.values(), ...queue.errorBackoff.values()]),
      unschedulable: namesIn(queue.unschedulable.values()),
    };
    return Object.fromEntries(Object.keys(objectAt(one, 'want')!).map((field) => [field, all[field]!]));
  },
  worth(one) {
    let calls = 0;
    const plugins = pluginsOf(one, () => calls++);
    const queued = { pod: podAt(objectAt(one, 'queued', 'pod')), ...refusals(one['queued']!) } as QueuedPod;
    const event = eventAt(one);
    const [before, after] = [objectAt(one, 'before'), objectAt(one, 'after')] as unknown as [
      KubernetesObject | undefined,
      KubernetesObject | undefined,
    ];
    const happening = { event, before, after };
    const strategy = worthRequeuing(queued, happening, listenersTo(event, plugins), snapshotOf([], []));
    return { strategy, calls };
  },
  duration(one) {
    const numbers = { initialMs: numberAt(one, 'initialMs')!, maxMs: numberAt(one, 'maxMs')! };
    return backoffDurationMs(numberAt(one, 'count')!, numbers);
  },
  flush(one) {
    const queue = emptyQueue();
    const now = 1_000_000;
    const plugins: readonly SchedulerPlugin[] = [{ name: 'plugin' }];
    for (const pod of arrayAt(one, 'pods')) {
      const context = contextAt(now + numberAt(pod, 'atMs')!, plugins);
      const name = stringAt(pod, 'name')!;
      addPod(queue, podAt({ metadata: { name, uid: name } }), context);
      const isError = (pod as JsonObject)['isError'] === true;
      const refused = { unschedulablePlugins: isError ? [] : ['plugin'], pendingPlugins: [] };
      addUnschedulable(queue, popPod(queue)!, refused, context);
      moveOn(queue, { resource: '*', actions: Action.All }, undefined, undefined, context);
    }
    flushBackoff(queue, contextAt(now, plugins));
    return namesIn(queue.active.values());
  },
};

/** Pods and events in the order in which they came. */
function inFlightEvents(queue: SchedulingQueue): JsonValue {
  const pods = [...queue.inFlight].map(([uid, number]) => ({ number: number - 0.5, told: uid as JsonValue }));
  const events = queue.events.map(({ number, event }) => ({ number, told: event as unknown as JsonValue }));
  return [...pods, ...events].sort((a, b) => a.number - b.number).map(({ told }) => told);
}

describe.each(tables)('$source', (table) => {
  const source = { area: 'scheduler', file: table.source, release: table.release } as const;
  const cases = (table.cases as unknown as readonly Case[]).map((one) => [stringAt(one, 'name')!, one] as const);
  upstreamEach(source)(cases)('%s', (_name, one) => {
    expect(ANSWERS[stringAt(one, 'what')!]!(one)).toEqual(one['want']);
  });
  upstreamLeftOut(source, table.leftOut as unknown as LeftOut);
});

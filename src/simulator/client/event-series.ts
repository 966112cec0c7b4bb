import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectReferenceTo } from '../../apimachinery/object-reference.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { microTimeOf } from '../kernel/clock.ts';
import type { ApiResponse } from '../messages.ts';
import type { ApiClient } from './api-client.ts';
import { sendCall } from './api-client.ts';
import type { EventFacts } from './event-recorder.ts';

/** What an Event of the newer kind says beside. */
export interface SeriesFacts extends EventFacts {
  /** What was being done: `Binding`. */
  readonly action: string;
  readonly related?: KubernetesObject;
}

/**
 * Tells Events as a recorder of events.k8s.io does: the second of a kind begins a series, whose later ones are counted in
 * memory and written when the series ends, or every half hour. Written as core/v1, which is how they are stored.
 * Plain data. Source: staging/src/k8s.io/client-go/tools/events/event_broadcaster.go, 1.36.
 */
export interface SeriesRecorder {
  readonly component: string;
  /** The process: component and host. */
  readonly instance: string;
  readonly told: Map<string, ToldEvent>;
  /** Which of the told a request writes. */
  readonly requests: Map<number, string>;
}

/** Frozen. */
interface ToldEvent {
  readonly event: KubernetesObject;
  /** 1 until it is a series. */
  readonly count: number;
  readonly lastMs: number;
}

const EVENTS = { group: '', version: 'v1', plural: 'events' } as const;
const FINISH_MS = 6 * 60_000;
const REFRESH_MS = 30 * 60_000;

/** Timers of a recorder. */
export const FINISH_SERIES = 'finish-event-series';
export const REFRESH_SERIES = 'refresh-event-series';

export function seriesRecorder(component: string, host: string, context: Context): SeriesRecorder {
  context.timer(FINISH_MS, FINISH_SERIES, undefined, { periodic: true });
  context.timer(REFRESH_MS, REFRESH_SERIES, undefined, { periodic: true });
  return { component, instance: `${component}-${host}`, told: new Map(), requests: new Map() };
}

/** The Event's words are no part of what makes two of them alike: those of the first stay. */
export function recordInSeries(
  recorder: SeriesRecorder,
  client: ApiClient,
  facts: SeriesFacts,
  context: Context,
): void {
  const { about, type, reason, action, related } = facts;
  const references = [objectReferenceTo(about), related === undefined ? undefined : objectReferenceTo(related)];
  const key = JSON.stringify([type, action, reason, references]);
  const before = recorder.told.get(key);
  const lastMs = context.nowMs;
  if (before !== undefined) {
    recorder.told.set(key, Object.freeze({ ...before, count: before.count + 1, lastMs }));
    if (before.count === 1) writeSeries(recorder, client, key, context);
    return;
  }
  const namespace = namespaceOf(about) ?? 'default';
  const suffix = context.random.letters(`event/${key}/${context.nowMs}`, '0123456789abcdef', 16);
  const event: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${nameOf(about)}.${suffix}`, namespace },
    involvedObject: references[0]!,
    ...(references[1] === undefined ? {} : { related: references[1] }),
    reason,
    message: facts.message,
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    type,
    eventTime: microTimeOf(context.nowMs),
    action,
    reportingComponent: recorder.component,
    reportingInstance: recorder.instance,
  };
  recorder.told.set(key, Object.freeze({ event: Object.freeze(event), count: 1, lastMs }));
  create(recorder, client, key, context);
}

function create(recorder: SeriesRecorder, client: ApiClient, key: string, context: Context): void {
  const { event, count, lastMs } = recorder.told.get(key)!;
  const body = count === 1 ? event : { ...event, series: seriesOf(count, lastMs) };
  const namespace = namespaceOf(event) ?? 'default';
  recorder.requests.set(sendCall(client, { verb: 'create', resource: EVENTS, namespace, body }, context), key);
}

function seriesOf(count: number, lastMs: number): JsonObject {
  return { count, lastObservedTime: microTimeOf(lastMs) };
}

function writeSeries(recorder: SeriesRecorder, client: ApiClient, key: string, context: Context): void {
  const { event, count, lastMs } = recorder.told.get(key)!;
  const call = {
    verb: 'patch',
    resource: EVENTS,
    namespace: namespaceOf(event) ?? 'default',
    name: nameOf(event),
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'Event', series: seriesOf(count, lastMs) },
  } as const;
  recorder.requests.set(sendCall(client, call, context), key);
}

/** `timer` is the name of the timer that rang. */
export function seriesDue(recorder: SeriesRecorder, client: ApiClient, timer: string, context: Context): void {
  const isRefresh = timer === REFRESH_SERIES;
  context.timer(isRefresh ? REFRESH_MS : FINISH_MS, timer, undefined, { periodic: true });
  for (const [key, { count, lastMs }] of recorder.told) {
    const isOver = lastMs < context.nowMs - FINISH_MS;
    if (count > 1 && (isRefresh || isOver)) writeSeries(recorder, client, key, context);
    if (!isRefresh && isOver) recorder.told.delete(key);
  }
}

/** Whether the answer was one to the recorder. An Event that is gone when its series grows is made anew. */
export function seriesAnswered(
  recorder: SeriesRecorder,
  client: ApiClient,
  { id, code }: ApiResponse,
  context: Context,
): boolean {
  const key = recorder.requests.get(id);
  if (key === undefined) return false;
  recorder.requests.delete(id);
  if (code === 404 && (recorder.told.get(key)?.count ?? 0) > 1) create(recorder, client, key, context);
  return true;
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { microTimeOf, timeOf } from '../kernel/clock.ts';
import type { ApiResponse } from '../messages.ts';
import type { ApiClient } from './api-client.ts';
import { sendCall } from './api-client.ts';
import type { EventCorrelator } from './event-correlator.ts';
import { correlate, eventCorrelator } from './event-correlator.ts';

/** What an Event says. */
export interface EventFacts {
  readonly about: KubernetesObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** What was done about it; only in Events that come as a series. */
  readonly action?: string;
  /** The part of the object that is meant: `spec.containers{web}`. */
  readonly fieldPath?: string;
}

/** Sends Events on the side. The same Event again is counted on the one that is there. Plain data. */
export interface EventRecorder {
  readonly component: string;
  /** The machine, where the component says it. */
  readonly host: string | undefined;
  readonly form: EventForm;
  readonly correlator: EventCorrelator;
  /** Events that were sent, by what they say. */
  readonly sent: Map<string, SentEvent>;
  readonly requests: Set<number>;
}

/**
 * `counted`: as most components write them, through core/v1. `series`: as the scheduler does, through events.k8s.io/v1;
 * the second of a kind makes a series of it, and further ones are only kept in mind.
 */
export type EventForm = 'counted' | 'series';

interface SentEvent {
  readonly name: string;
  readonly count: number;
  readonly lastMs: number;
}

const EVENTS = { group: '', version: 'v1', plural: 'events' } as const;

export function eventRecorder(component: string, host?: string, form: EventForm = 'counted'): EventRecorder {
  return { component, host, form, correlator: eventCorrelator(), sent: new Map(), requests: new Set() };
}

export function recordEvent(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): void {
  tryEvent(recorder, client, facts, context);
}

/** Records an Event; false where it is held back. */
export function tryEvent(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): boolean {
  if (recorder.form === 'counted') return recordCounted(recorder, client, facts, context);
  recordSeries(recorder, client, facts, context);
  return true;
}

/** Source: staging/src/k8s.io/client-go/tools/record/{event,events_cache}.go, 1.36. */
function recordCounted(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): boolean {
  const { type, reason, fieldPath = '' } = facts;
  const { nowMs } = context;
  const told = { about: `${identityOf(facts.about)}/${type}`, reason, part: fieldPath, message: facts.message };
  const { key, message, isSent } = correlate(recorder.correlator, told, nowMs);
  const before = recorder.sent.get(key);
  const name = before?.name ?? eventName(recorder, facts.about, key, context);
  const count = (before?.count ?? 0) + 1;
  recorder.sent.set(key, Object.freeze({ name, count, lastMs: nowMs }));
  if (!isSent) return false;
  const now = timeOf(nowMs);
  if (before !== undefined) {
    const isCombined = message !== facts.message;
    patch(
      recorder,
      client,
      facts.about,
      name,
      { count, lastTimestamp: now, ...(isCombined ? { message } : {}) },
      context,
    );
    return true;
  }
  create(
    recorder,
    client,
    {
      ...commonOf(facts, name, message),
      source: sourceOf(recorder),
      firstTimestamp: now,
      lastTimestamp: now,
      count,
      reportingComponent: recorder.component,
      reportingInstance: recorder.host ?? '',
    },
    context,
  );
  return true;
}

/** Source: staging/src/k8s.io/client-go/tools/events/event_broadcaster.go `recordToSink`, `finishTime`, 1.36. */
function recordSeries(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): void {
  const { about, type, reason, action = '' } = facts;
  const { nowMs } = context;
  const key = `${identityOf(about)}/${nameAt(about, 'metadata', 'resourceVersion') ?? ''}/${type}/${reason}/${action}`;
  const known = recorder.sent.get(key);
  const before = known !== undefined && nowMs - known.lastMs < FINISHED_MS ? known : undefined;
  const name = before?.name ?? eventName(recorder, about, `${key}/${nowMs}`, context);
  const count = (before?.count ?? 0) + 1;
  recorder.sent.set(key, Object.freeze({ name, count, lastMs: nowMs }));
  if (count > 2) return;
  const now = microTimeOf(nowMs);
  if (count === 2) return patch(recorder, client, about, name, { series: { count, lastObservedTime: now } }, context);
  const { component, host = component } = recorder;
  const event: KubernetesObject = {
    ...commonOf(facts, name, facts.message),
    eventTime: now,
    action,
    reportingComponent: component,
    reportingInstance: `${component}-${host}`,
  };
  create(recorder, client, event, context);
}

const FINISHED_MS = 360_000;

function identityOf(about: KubernetesObject): string {
  const uid = nameAt(about, 'metadata', 'uid') ?? '';
  return `${about.apiVersion}/${about.kind}/${namespaceOf(about) ?? ''}/${nameOf(about)}/${uid}`;
}

function eventName({ component }: EventRecorder, about: KubernetesObject, key: string, { random }: Context): string {
  return `${nameOf(about)}.${random.letters(`event/${component}/${key}`, '0123456789abcdef', 16)}`;
}

function sourceOf({ component, host }: EventRecorder): { readonly component: string; readonly host?: string } {
  return host === undefined ? { component } : { component, host };
}

function commonOf({ about, type, reason, fieldPath }: EventFacts, name: string, message: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: namespaceOf(about) ?? 'default' },
    involvedObject: {
      kind: about.kind,
      namespace: namespaceOf(about) ?? '',
      name: nameOf(about),
      uid: nameAt(about, 'metadata', 'uid') ?? '',
      apiVersion: about.apiVersion,
      resourceVersion: nameAt(about, 'metadata', 'resourceVersion') ?? '',
      ...(fieldPath === undefined || fieldPath === '' ? {} : { fieldPath }),
    },
    reason,
    message,
    type,
  };
}

function create(recorder: EventRecorder, client: ApiClient, body: KubernetesObject, context: Context): void {
  const namespace = namespaceOf(body) ?? 'default';
  recorder.requests.add(sendCall(client, { verb: 'create', resource: EVENTS, namespace, body }, context));
}

function patch(
  recorder: EventRecorder,
  client: ApiClient,
  about: KubernetesObject,
  name: string,
  change: Omit<KubernetesObject, 'apiVersion' | 'kind'>,
  context: Context,
): void {
  recorder.requests.add(
    sendCall(
      client,
      {
        verb: 'patch',
        resource: EVENTS,
        namespace: namespaceOf(about) ?? 'default',
        name,
        options: { patchType: 'strategic' },
        body: { apiVersion: 'v1', kind: 'Event', ...change },
      },
      context,
    ),
  );
}

export function isRecorderRequest({ requests }: EventRecorder, id: number): boolean {
  return requests.has(id);
}

/** Nobody waits for an Event; one that is refused is lost. */
export function recorderAnswered(recorder: EventRecorder, { id }: ApiResponse): void {
  recorder.requests.delete(id);
}

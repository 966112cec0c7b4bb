import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectReferenceTo } from '../../apimachinery/object-reference.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { RUN_BEGINS_MS, timeOf } from '../kernel/clock.ts';
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
  /** The part of the object that is meant: `spec.containers{web}`. */
  readonly fieldPath?: string;
}

/** Sends Events on the side. The same Event again is counted on the one that is there. Plain data. */
export interface EventRecorder {
  readonly component: string;
  /** The machine, where the component says it. */
  readonly host: string | undefined;
  readonly correlator: EventCorrelator;
  /** Events that were sent, by what they say. */
  readonly sent: Map<string, SentEvent>;
  readonly requests: Set<number>;
}

interface SentEvent {
  readonly name: string;
  readonly count: number;
}

const EVENTS = { group: '', version: 'v1', plural: 'events' } as const;

export function eventRecorder(component: string, host?: string): EventRecorder {
  return { component, host, correlator: eventCorrelator(), sent: new Map(), requests: new Set() };
}

export function recordEvent(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): void {
  tryEvent(recorder, client, facts, context);
}

/**
 * Records an Event; false where it is held back.
 * Source: staging/src/k8s.io/client-go/tools/record/{event,events_cache}.go, 1.36.
 */
export function tryEvent(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): boolean {
  const { type, reason, fieldPath = '' } = facts;
  const { nowMs } = context;
  const told = { about: `${identityOf(facts.about)}/${type}`, reason, part: fieldPath, message: facts.message };
  const { key, message, isSent } = correlate(recorder.correlator, told, nowMs, context.numbers.eventSpam);
  const before = recorder.sent.get(key);
  const name = before?.name ?? eventName(recorder, facts.about, key, context);
  const count = (before?.count ?? 0) + 1;
  recorder.sent.set(key, Object.freeze({ name, count }));
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

function identityOf(about: KubernetesObject): string {
  const uid = nameAt(about, 'metadata', 'uid') ?? '';
  return `${about.apiVersion}/${about.kind}/${namespaceOf(about) ?? ''}/${nameOf(about)}/${uid}`;
}

/**
 * The name of the object and the nanosecond, so that Events stand in a list in the order in which they were made. What a
 * component says within one millisecond follows one another; chance keeps apart what others say then.
 * Source: staging/src/k8s.io/client-go/tools/record/util/util.go `GenerateEventName`, 1.36.
 */
function eventName({ component }: EventRecorder, about: KubernetesObject, key: string, context: Context): string {
  const turn = context.next('event') % TURNS;
  const chance = context.random.integer(`event/${component}/${context.nowMs}/${key}`, 0, NANOS_PER_MS / TURNS - 1);
  const nanos =
    BigInt(RUN_BEGINS_MS + context.nowMs) * BigInt(NANOS_PER_MS) + BigInt(turn * (NANOS_PER_MS / TURNS) + chance);
  return `${nameOf(about)}.${nanos.toString(16)}`;
}

const NANOS_PER_MS = 1_000_000;
const TURNS = 100;

function sourceOf({ component, host }: EventRecorder): { readonly component: string; readonly host?: string } {
  return host === undefined ? { component } : { component, host };
}

function commonOf(
  { about, type, reason, fieldPath = '' }: EventFacts,
  name: string,
  message: string,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: namespaceOf(about) ?? 'default' },
    involvedObject: {
      namespace: '',
      ...objectReferenceTo(about),
      ...(fieldPath === '' ? {} : { fieldPath }),
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

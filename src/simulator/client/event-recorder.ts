import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { timeOf } from '../kernel/clock.ts';
import type { ApiResponse } from '../messages.ts';
import type { ApiClient } from './api-client.ts';
import { sendCall } from './api-client.ts';

/** What an Event says. */
export interface EventFacts {
  readonly about: KubernetesObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Sends Events on the side. The same Event again is counted on the one that is there. Plain data. */
export interface EventRecorder {
  readonly component: string;
  /** Events that were sent, by what they say. */
  readonly sent: Map<string, SentEvent>;
  readonly requests: Set<number>;
}

interface SentEvent {
  readonly namespace: string;
  readonly name: string;
  readonly count: number;
}

const EVENTS = { group: '', version: 'v1', plural: 'events' } as const;

export function eventRecorder(component: string): EventRecorder {
  return { component, sent: new Map(), requests: new Set() };
}

/** Source: staging/src/k8s.io/client-go/tools/record/{event,events_cache}.go, 1.36. */
export function recordEvent(recorder: EventRecorder, client: ApiClient, facts: EventFacts, context: Context): void {
  const { about, type, reason, message } = facts;
  const namespace = namespaceOf(about) ?? 'default';
  const uid = nameAt(about, 'metadata', 'uid') ?? '';
  const key = `${about.kind}/${namespace}/${nameOf(about)}/${uid}/${type}/${reason}/${message}`;
  const now = timeOf(context.nowMs);
  const before = recorder.sent.get(key);
  if (before !== undefined) {
    const count = before.count + 1;
    recorder.sent.set(key, { ...before, count });
    const { name } = before;
    recorder.requests.add(
      sendCall(
        client,
        {
          verb: 'patch',
          resource: EVENTS,
          namespace,
          name,
          options: { patchType: 'strategic' },
          body: patchOf(count, now),
        },
        context,
      ),
    );
    return;
  }
  const suffix = context.random.letters(`event/${key}`, '0123456789abcdef', 16);
  const name = `${nameOf(about)}.${suffix}`;
  recorder.sent.set(key, { namespace, name, count: 1 });
  const event: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      kind: about.kind,
      namespace: namespaceOf(about) ?? '',
      name: nameOf(about),
      uid,
      apiVersion: about.apiVersion,
      resourceVersion: nameAt(about, 'metadata', 'resourceVersion') ?? '',
    },
    reason,
    message,
    source: { component: recorder.component },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    reportingComponent: recorder.component,
    reportingInstance: '',
  };
  recorder.requests.add(sendCall(client, { verb: 'create', resource: EVENTS, namespace, body: event }, context));
}

function patchOf(count: number, lastTimestamp: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Event', count, lastTimestamp };
}

export function isRecorderRequest({ requests }: EventRecorder, id: number): boolean {
  return requests.has(id);
}

/** Nobody waits for an Event; one that is refused is lost. */
export function recorderAnswered(recorder: EventRecorder, { id }: ApiResponse): void {
  recorder.requests.delete(id);
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { ApiCall, ApiClient } from '../client/api-client.ts';
import { sendCall } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import { recordEvent } from '../client/event-recorder.ts';
import type { Informer } from '../client/informer.ts';
import type { ComponentId, Context } from '../component.ts';
import type { PodRecord } from './pod-record.ts';

export interface KubeletSettings {
  readonly server: ComponentId;
  readonly runtime: ComponentId;
  readonly node: KubernetesObject;
  /** Address of the Node, which its Pods report as `hostIP`. */
  readonly hostIp: string;
  readonly behaviours: readonly Behaviour[];
}

export interface KubeletState {
  readonly client: ApiClient;
  readonly settings: KubeletSettings;
  readonly pods: Informer;
  readonly recorder: EventRecorder;
  /** What a request was for. */
  readonly requests: Map<number, Asked>;
  /** Calls of the runtime that have no answer yet. */
  readonly calls: Map<number, Called>;
  /** Pods of this Node, by uid. */
  readonly records: Map<string, PodRecord>;
  /** What the runtime holds is known. */
  isListed: boolean;
  /** Containers that wait for their image, in order; the first is being pulled. */
  readonly pulls: Pull[];
  isPulling: boolean;
  /** Pods of whose containers the runtime told something since the last look. */
  readonly changed: Set<string>;
  isLookSet: boolean;
  lease: KubernetesObject | undefined;
}

/** Why a request was made. */
export type Asked =
  | { readonly type: 'register' }
  | { readonly type: 'node-status' }
  | { readonly type: 'lease' }
  | { readonly type: 'get' | 'status' | 'delete'; readonly uid: string }
  | { readonly type: 'volume'; readonly uid: string; readonly source: string; readonly volume: string };

export interface Pull {
  readonly called: Omit<Called, 'sentAtMs'>;
  readonly image: string;
  readonly behaviour: Behaviour;
  readonly sinceMs: number;
}

/** Why the runtime was called. */
export interface Called {
  readonly uid: string;
  readonly container?: string;
  readonly isInit?: boolean;
  readonly sentAtMs: number;
}

export function ask(state: KubeletState, asked: Asked, call: ApiCall, context: Context): void {
  state.requests.set(sendCall(state.client, call, context), asked);
}

/** Calls the runtime over its socket. */
export function callRuntime(
  state: KubeletState,
  called: Omit<Called, 'sentAtMs'>,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
  context: Context,
): void {
  const id = context.next('call');
  state.calls.set(id, { ...called, sentAtMs: context.nowMs });
  const { uid, container } = called;
  const record = state.records.get(uid);
  context.send(
    state.settings.runtime,
    { type: 'call', id, method, parameters: Object.freeze({ ...parameters, podUid: uid }) },
    {
      class: 'cri',
      verb: method,
      object: record === undefined ? undefined : `Pod/${record.key}`,
      detail: { ...(container === undefined ? {} : { container }), image: parameters['image'] },
    },
  );
}

export function tell(
  state: KubeletState,
  record: PodRecord,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  context: Context,
): void {
  recordEvent(state.recorder, state.client, { about: record.pod, type, reason, message }, context);
}

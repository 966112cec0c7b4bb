import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { ApiCall, ApiClient } from '../client/api-client.ts';
import { sendCall } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import { tryEvent } from '../client/event-recorder.ts';
import type { Informer } from '../client/informer.ts';
import type { LazyCopyMap } from '../kernel/copy-state.ts';
import type { ComponentId, Context } from '../component.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import type { CsiDriver } from '../storage/csi-driver.ts';
import type { Device } from './claims/claim-mount.ts';
import type { Evicting } from './eviction/evict.ts';
import type { Pressure } from './eviction/observe.ts';
import type { Follower } from './follow-logs.ts';
import type { ImageRecord } from './image-gc/policy.ts';
import type { Shutdown } from './nodeshutdown/nodeshutdown.ts';
import type { CachedObject } from './object-cache.ts';
import type { PodRecord } from './pod-record.ts';
import type { PodRuntime } from './pod-runtime.ts';
import type { Forward, ForwardedRequest } from './port-forward.ts';
import { CONTAINER_FIELDS, specOf } from './pod-runtime.ts';

export interface KubeletSettings {
  readonly server: ComponentId;
  readonly runtime: ComponentId;
  /** The part of storage drivers on the Node. */
  readonly csi: ComponentId;
  readonly node: KubernetesObject;
  /** Drivers that register with it. */
  readonly drivers?: readonly CsiDriver[];
  /** Addresses of the Node, one of each family, which its Pods report as `hostIPs`; the first is its primary one. */
  readonly hostIps: readonly string[];
  readonly behaviours: readonly Behaviour[];
  /** Heartbeats are told together with those of other kubelets, as long as they arrive. */
  readonly beatsTogether?: boolean;
}

export interface KubeletState {
  readonly client: ApiClient;
  readonly settings: KubeletSettings;
  readonly startedAtMs: number;
  /** How often the machine has been started, and whether it has been since the kubelet last ran. */
  readonly boot: number;
  readonly isRebooted: boolean;
  readonly pods: Informer;
  /** The Node's own object. */
  readonly own: Informer;
  readonly recorder: EventRecorder;
  /** What a request was for. */
  readonly requests: Map<number, Asked>;
  /** Who reads on what containers write, by caller and number of the call. */
  readonly followers: Map<string, Follower>;
  /** Streams to the ports of Pods, by caller and number of the call, and requests that came over them and are at the Pod. */
  readonly forwards: Map<string, Forward>;
  readonly forwarded: Map<number, ForwardedRequest>;
  /** Calls of the runtime that have no answer yet. */
  readonly calls: Map<number, Called>;
  /** Pods of this Node, by uid. */
  readonly records: LazyCopyMap<string, PodRecord>;
  /** The Node with the Pods that it has taken. */
  node: NodeInfo;
  /** What the runtime holds is known, and what it held then. */
  isListed: boolean;
  found: PodRuntime | undefined;
  /** Containers that wait for their image, in order; the first is being pulled. */
  readonly pulls: Pull[];
  isPulling: boolean;
  /** Bytes by image that was pulled. */
  readonly images: Map<string, number>;
  /** When each was first seen and last used; whether the last collection could not free enough. */
  imageRecords: ReadonlyMap<string, ImageRecord>;
  hasImageGcFailed: boolean;
  /** Whether the Node runs short, when it is next looked at (undefined: nothing can become short), and the Pod that ends for it. */
  pressure: Pressure;
  pressureLookMs: number | undefined;
  evicting: Evicting | undefined;
  /** The machine is to be switched off. */
  shutdown: Shutdown | undefined;
  /** Pods of whose containers the runtime told something since the last look, and those that wait for a look. */
  readonly changed: Set<string>;
  readonly waiting: Set<string>;
  isLookSet: boolean;
  /** Pods that want a sync, and those whose sync goes on, with what led to it. */
  readonly wanted: Map<string, number>;
  readonly moved: Map<string, number>;
  /** ConfigMaps and Secrets that Pods use, by `resource/namespace/name`. */
  readonly objects: Map<string, CachedObject>;
  /** Volumes of drivers that Pods of the Node want or that are still mounted on it, by unique name. */
  readonly devices: Map<string, Device>;
  /** Which driver was asked for the Node, by the id of the call. */
  readonly registering: Map<number, number>;
  /** Claims whose file systems the driver makes larger, by uid of the Pod and name of its volume. */
  readonly growing: Map<string, KubernetesObject>;
  /** Pods whose resize waits for room, in order. */
  readonly pendingResizes: string[];
  lease: KubernetesObject | undefined;
  /** A look at the Node's status is set, and that it is to be sent in any case: the server did not take the last. */
  isReportSet: boolean;
  isReportDue: boolean;
  /** The Node is known to the server; how long was last waited before that was tried again. */
  isRegistered: boolean;
  registerMs: number;
  /** Which addresses the runtime was told to give to Pods, and whether it can give any. */
  podCidr: string | undefined;
  isNetworkReady: boolean;
  /** Bytes on its disk that are neither of images nor of containers. */
  foreignDiskBytes: number;
  /** How far its clock is ahead. */
  clockSkewMs: number;
  /** What was last said of the condition Ready. */
  readySaid: string | undefined;
  /** Whether a report of the Node's status is on its way, and another wanted after it. */
  report: 'none' | 'sent' | 'again';
}

/** Why a request was made. */
export type Asked =
  | { readonly type: 'register' }
  | { readonly type: 'mark' }
  | { readonly type: 'node-status' }
  | { readonly type: 'lease' }
  | {
      readonly type: 'csi-node';
      readonly step: 'read' | 'node' | 'written';
      readonly number: number;
      readonly info: JsonObject;
    }
  | { readonly type: 'get' | 'status' | 'delete'; readonly uid: string }
  | { readonly type: 'claim' | 'volume' | 'driver' | 'attachment'; readonly uid: string; readonly volume: string }
  | {
      readonly type: 'growth';
      readonly step: 'claim' | 'volume' | 'begun' | 'done';
      readonly uid: string;
      readonly volume: string;
    }
  | { readonly type: 'token'; readonly uid: string; readonly source: string; readonly volume: string };

export interface Pull {
  readonly uid: string;
  readonly container: string;
  readonly image: string;
  readonly behaviour: Behaviour;
  readonly sinceMs: number;
}

/** Why the runtime was called. */
export interface Called {
  readonly uid: string;
  readonly container?: string | undefined;
  /** Id of a container that is being ended. */
  readonly killing?: string | undefined;
  /** The volume that a driver was called about, by its unique name. */
  readonly device?: string | undefined;
  readonly method?: string | undefined;
  /** Who waits for what a command prints. */
  readonly exec?: { readonly to: ComponentId; readonly id: number; readonly method: string };
  readonly sentAtMs: number;
}

export function ask(state: KubeletState, asked: Asked, call: ApiCall, context: Context): void {
  state.requests.set(sendCall(state.client, call, context), Object.freeze(asked));
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
  state.calls.set(id, Object.freeze({ ...called, sentAtMs: context.nowMs }));
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

/** Records an Event about a Pod, or about one of its containers; false where it was held back. */
export function tell(
  state: KubeletState,
  record: PodRecord,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  context: Context,
  container?: string,
): boolean {
  const kind = container === undefined ? undefined : specOf(record.pod, container)?.kind;
  const fieldPath = kind === undefined ? undefined : `spec.${CONTAINER_FIELDS[kind]}{${container}}`;
  return tryEvent(state.recorder, state.client, { about: record.pod, fieldPath, type, reason, message }, context);
}

/** `web_shop(3f6…)`: a Pod in the kubelet's messages. Source: pkg/kubelet/util/format/pod.go, 1.36. */
export function podInWords({ pod, uid }: PodRecord): string {
  const { name, namespace } = pod['metadata'] as { readonly name?: string; readonly namespace?: string };
  return `${name ?? ''}_${namespace ?? ''}(${uid})`;
}

import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonValue } from '../base/json.ts';
import type { View } from './client/view.ts';
import type { Message as RaftStep } from './etcd/raft/types.ts';

/** Everything that passes between components. */
export type Message =
  | ApiRequest
  | ApiResponse
  | Heartbeat
  | WatchEvents
  | WatchClosed
  | InformedMessage
  | EtcdMessage
  | CallMessage
  | AnswerMessage;

/** A resource as it stands in a URL. */
export interface ResourceName {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** `deployments`. */
  readonly plural: string;
}

export type ApiVerb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** One HTTP request to an API server. */
export interface ApiRequest {
  readonly type: 'request';
  /** Unique for the sender; the response carries it. */
  readonly id: number;
  readonly user: UserInfo;
  /** First word of the user agent: `kubectl`, `kube-controller-manager`; field ownership has it as the manager. */
  readonly agent?: string;
  readonly verb: ApiVerb;
  /** A path that is no resource: `/apis`, `/version`; `resource` is then empty. */
  readonly path?: string;
  readonly resource: ResourceName;
  readonly namespace?: string;
  readonly name?: string;
  /** `status`, `scale`, `binding`, `eviction`, `token`… */
  readonly subresource?: string;
  readonly body?: KubernetesObject | readonly JsonValue[];
  readonly options?: RequestOptions;
  /** How often it was sent before, because the server asked for that. */
  readonly retries?: number;
}

/** Query parameters and headers that matter. */
export interface RequestOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Of custom metrics: which series of the metric. */
  readonly metricLabelSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  readonly sendInitialEvents?: boolean;
  readonly allowWatchBookmarks?: boolean;
  /** How long a watch may last. */
  readonly timeoutSeconds?: number;
  readonly fieldManager?: string;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly patchType?: 'json' | 'merge' | 'strategic' | 'apply';
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  /** `application/json;as=Table`. */
  readonly asTable?: boolean;
  /** What a row of a table shows of its object: its metadata where left out. */
  readonly includeObject?: 'None' | 'Object';
  /** What `pods/log`, `exec`, `attach`, `portforward` and `proxy` are asked for. */
  readonly connect?: ConnectOptions;
}

/**
 * Source: staging/src/k8s.io/api/core/v1/types.go `PodLogOptions`, `PodExecOptions`, `PodAttachOptions`, `PodPortForwardOptions`,
 * `PodProxyOptions`, 1.36.
 */
export interface ConnectOptions {
  readonly container?: string;
  readonly command?: readonly string[];
  readonly stdin?: boolean;
  readonly tty?: boolean;
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
  readonly limitBytes?: number;
  /** Whether what is written later is wanted too: the answer comes in pieces then. */
  readonly follow?: boolean;
  /** Ports of the Pod that are forwarded. */
  readonly ports?: readonly number[];
  /** What stands after `/proxy`. */
  readonly path?: string;
}

/** What a kubelet says by renewing its Lease, or by a status of its Node that has not changed, where such are told together. */
export interface Heartbeat {
  readonly type: 'heartbeat';
  readonly of: 'Lease' | 'Node';
  /** Name of the Node. */
  readonly name: string;
  /** When it was sent, in milliseconds of the run. */
  readonly timeMs: number;
}

export interface UserInfo {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface ApiResponse {
  readonly type: 'response';
  readonly id: number;
  /** HTTP status; 0 where no answer came: the connection broke (`refused`) or the client gave up (`timeout`). */
  readonly code: number;
  /** The object, the list, or the Status of a refusal. */
  readonly body?: KubernetesObject;
  readonly failure?: 'refused' | 'timeout';
  /** Why no answer came, where the client knows it better. */
  readonly error?: string;
  readonly warnings?: readonly string[];
  /** The body is a piece of a stream, and others follow. */
  readonly isOpen?: true;
  /** What was asked, where the client is to ask again later (429 with Retry-After). */
  readonly request?: ApiRequest;
}

/** Changes that a watch brings, oldest first. */
export interface WatchEvents {
  readonly type: 'watch';
  /** Id of the request that opened the watch. */
  readonly id: number;
  readonly events: readonly WatchEvent[];
  /** Which message of its stream this is, from 1: where one is missing, the connection broke. */
  readonly number: number;
  /** All changes up to this revision are told. */
  readonly revision: number;
  /** The cache of the whole resource at that revision, where the watch has no selector. */
  readonly view?: View;
  /** The initial list is complete with this message. */
  readonly isInitialEnd?: boolean;
  /** The watch is over: 200 where its time is up, 410 Gone, 0 where the connection broke. */
  readonly ended?: number;
}

/** The client has closed the stream of a watch or of a log, or is no longer there. */
export interface WatchClosed {
  readonly type: 'watch-closed';
  /** Id of the request that opened the watch. */
  readonly id: number;
}

/** What a shared informer of a process tells those who asked for it: within the process, in no time. */
export interface InformedMessage {
  readonly type: 'informed';
  /** `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly events: readonly WatchEvent[];
  /** The cache after these events. */
  readonly view: View;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly key: string;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  /** Revision of the change. */
  readonly revision: number;
}

/** A call that is no API request: CRI, CNI, CSI, a probe, a packet, between etcd members. */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  /** `RunPodSandbox`, `ADD`, `GET /healthz`. */
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface AnswerMessage {
  readonly type: 'answer';
  readonly id: number;
  readonly method: string;
  readonly ok: boolean;
  readonly result: Readonly<Record<string, unknown>>;
}

/** API server to etcd and back. */
export type EtcdMessage = EtcdRange | EtcdTxn | EtcdHeartbeats | EtcdResult | EtcdWatch | EtcdEvents | RaftMessage;

export interface EtcdRange {
  readonly type: 'etcd-range';
  readonly id: number;
  readonly key: string;
  /** Below this key; just `key` where left out. */
  readonly end?: string;
  readonly limit?: number;
  /** Old revision; the newest where left out. */
  readonly revision?: number;
}

/** One comparison and one write: what the API server sends for each create, update and delete. */
export interface EtcdTxn {
  readonly type: 'etcd-txn';
  readonly id: number;
  readonly key: string;
  /** Expected mod revision of the key; 0: the key must not be there. */
  readonly expectedRevision: number;
  /** Undefined deletes. */
  readonly value: KubernetesObject | undefined;
  /** Seconds that a key lives (Events). */
  readonly ttlSeconds?: number;
}

/** Writes of heartbeats, each of which is made where its comparison holds. */
export interface EtcdHeartbeats {
  readonly type: 'etcd-heartbeats';
  readonly id: number;
  readonly txns: readonly Pick<EtcdTxn, 'key' | 'expectedRevision' | 'value'>[];
}

export interface EtcdKeyValue {
  readonly key: string;
  readonly value: KubernetesObject;
  readonly createRevision: number;
  readonly modRevision: number;
  /** Number of writes since its creation. */
  readonly version: number;
}

export interface EtcdResult {
  readonly type: 'etcd-result';
  readonly id: number;
  /** False where the comparison did not hold; `found` is then what is there. */
  readonly succeeded: boolean;
  readonly revision: number;
  readonly found: readonly EtcdKeyValue[];
  /** More keys remain after the limit. */
  readonly more?: boolean;
  /** `compacted`, `noLeader`, `timeout`, `noSpace`. */
  readonly error?: 'compacted' | 'noLeader' | 'timeout' | 'noSpace';
}

export interface EtcdWatch {
  readonly type: 'etcd-watch';
  readonly id: number;
  readonly prefix: string;
  /** First revision wanted. */
  readonly fromRevision: number;
}

export interface EtcdEvents {
  readonly type: 'etcd-events';
  readonly id: number;
  readonly events: readonly EtcdEvent[];
  /** The events are heartbeats, which are told together. */
  readonly areHeartbeats?: true;
  readonly revision: number;
  /** `closed`: the connection broke. */
  readonly error?: 'compacted' | 'closed';
}

export interface EtcdEvent {
  readonly key: string;
  /** Undefined where the key was deleted. */
  readonly value: KubernetesObject | undefined;
  readonly previous: KubernetesObject | undefined;
  readonly modRevision: number;
}

/** Between etcd members. */
export interface RaftMessage {
  readonly type: 'raft';
  readonly message: RaftStep;
}

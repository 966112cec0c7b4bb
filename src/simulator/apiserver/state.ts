import type { PluginSwitches } from '../../admission/admission-chain.ts';
import type { EventRates } from '../../admission/event-rate-limit/event-rates.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId, Context } from '../component.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { ApiCall } from '../client/api-client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { ApiRequest, EtcdRange, Heartbeat } from '../messages.ts';
import type { QuotaQuestion } from './admission.ts';
import type { FlowControl } from './flow-control/flow-control.ts';
import type { HeldPorts, PortChange } from './allocation/port-storage.ts';
import type { HandedOn } from './aggregation.ts';
import type { Connection } from './connect/call-kubelet.ts';
import type { StreamCall } from './connect/stream-call.ts';
import type { Eviction, OwnBudgetCall } from './eviction/eviction.ts';
import type { Identity } from './identity-lease.ts';
import type { QuotaBatch } from './quota/quota-admission.ts';
import type { ServedResource } from './served-resources.ts';
import type { Refusal } from './status.ts';
import type { TableSource } from './table.ts';
import type { ServerTrouble } from './trouble.ts';
import type { WatchCache } from './watch-cache.ts';
import type { QueuedTell } from './watchers.ts';
import type { OpenWebhookCall, WebhookWait } from './webhooks/call-webhooks.ts';
import type { WriteMemo, WriteRun } from './webhooks/write-run.ts';

export interface ApiServerSettings {
  /** The etcd members that it may talk to; the first at first. */
  readonly etcd: readonly ComponentId[];
  /** Kinds and CustomResourceDefinitions; the same for the whole run. */
  readonly kinds: JudgeContext;
  /** Whether who owns which field is kept; large runs do without. */
  readonly managedFields: boolean;
  readonly authorization: 'RBAC' | 'AlwaysAllow';
  /** The server of the resource metrics API, where there is one. */
  readonly metricsServer?: ComponentId;
  /** The server of the custom and external metrics APIs, where there is one, and the metrics that it knows. */
  readonly metricsAdapter?: {
    readonly component: ComponentId;
    readonly metrics: readonly { readonly of: string; readonly metric: string }[];
  };
  /** Bookmarks are told together, as heartbeats are. */
  readonly beatsTogether?: boolean;
  /** `--service-cluster-ip-range`: one network, or one of each family; IPv4 alone where left out. */
  readonly serviceNetworks?: readonly string[];
  /** Admission plugins that are on or off otherwise than kubeadm has them. */
  readonly admission?: PluginSwitches;
  /** The machine that it runs on, and whether kube-proxy runs beside it; undefined where there is no network. */
  readonly host?: { readonly machine: string; readonly ips: readonly string[]; readonly hasProxy: boolean };
}

/** One API server. Plain data. */
export interface ApiServerState {
  readonly settings: ApiServerSettings;
  /** By `resourceKey`. */
  readonly resources: Map<string, ServedResource>;
  /** By the start of their keys in etcd. */
  readonly prefixes: Map<string, ServedResource>;
  readonly caches: Map<string, WatchCache>;
  /** Watches by `resourceKey`. */
  readonly watchers: Map<string, Watchers>;
  /** Where the watch of a `client/request` stands. */
  readonly open: Map<string, OpenWatch>;
  /** What watches are to be told once it is converted, by `client/request`. */
  readonly toConvert: Map<string, QueuedTell[]>;
  /** Requests that wait for etcd, by the id of the question. */
  readonly pending: Map<number, Pending>;
  /** Reads that wait until the caches are new enough, by `client/request`. */
  readonly waiting: Map<string, Waiting>;
  /** Requests that a kubelet or somebody on the network answers, by the id of the call. */
  readonly connections: Map<number, Connection>;
  /** What clients have sent over open streams, and a kubelet answers, by the id of the call. */
  readonly streamCalls: Map<number, StreamCall>;
  /** Requests that another server answers, by the id of the call. */
  readonly handedOn: Map<number, HandedOn>;
  /** Writes that wait for webhooks, and the calls under way, by the id of the call. */
  readonly webhookWaits: Map<number, WebhookWait>;
  readonly webhookCalls: Map<number, OpenWebhookCall>;
  /** Deletions of many objects that are under way, by number. */
  readonly collections: Map<number, Collection>;
  /** What the server has asked itself, by the id of the request. */
  readonly ownCalls: Map<number, OwnCall>;
  /** Requests that wait for the quotas of their namespace, by namespace. */
  readonly quotaBatches: Map<string, QuotaBatch>;
  /** Quotas as this server wrote them last, where its cache may be behind, by `namespace/name`. */
  readonly writtenQuotas: Map<string, KubernetesObject>;
  identity: Identity;
  /** A timer waits to renew the Lease. */
  isIdentitySet: boolean;
  /** The Node ports that are held, as far as the server knows. */
  heldPorts: HeldPorts;
  /** Node ports that no Service has, and for how many repairs more they stay held. */
  portLeaks: ReadonlyMap<number, number>;
  /** What the repair of Node ports has told. */
  readonly portRecorder: EventRecorder;
  /** Heartbeats that wait to be written together, by what and whose they are. */
  readonly heartbeats: Map<string, Heartbeat>;
  /** A timer waits to write them. */
  isBeating: boolean;
  /** Who has a seat, and who waits for one. */
  readonly flow: FlowControl;
  /** What the admission plugin EventRateLimit has counted. */
  readonly eventRates: EventRates;
  /** What is wrong with it. */
  trouble: ServerTrouble;
  /** Newest revision that etcd has told of. */
  revision: number;
  readonly etcd: EtcdConnection;
  /** Whether a timer waits for requests that etcd does not answer. */
  isExpiring: boolean;
  /** Requests that came before the caches were filled: the server does not serve until then. */
  readonly early: { readonly from: ComponentId; readonly request: ApiRequest }[];
  /** False until the caches hold what etcd held at the start. */
  isReady: boolean;
}

/** How far the caches have come with etcd. */
export interface EtcdConnection {
  /** Ids of the list or watch that was asked for last; 0 for none. */
  listId: number;
  watchId: number;
  /** Whether the watch was answered. */
  isHeard: boolean;
  /** Which member it talks to, as a place in the list of its settings. */
  endpoint: number;
}

/**
 * The watches of one resource, by `client/request`; those of one Node's objects, and of one object, apart: there are many of
 * them.
 */
export interface Watchers {
  readonly all: Map<string, Watcher>;
  readonly byNode: Map<string, Map<string, Watcher>>;
  /** By `namespace/name` or `name`. */
  readonly byName: Map<string, Map<string, Watcher>>;
}

export interface Watcher {
  readonly to: ComponentId;
  readonly id: number;
  /** Messages that were sent, and when the last was. */
  sent: number;
  sentAtMs: number;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly bookmarks: boolean;
  /** It has seen this revision, which the server has not reached: what comes before is not told again. */
  readonly after?: number;
  /** The version that its objects are told in, where they may be kept in another. */
  readonly version?: string;
  /** What asked for them in that version. */
  readonly asked?: ApiRequest;
  /** Objects are told as tables; of what these are made. */
  readonly table?: Omit<TableSource, 'nowMs'>;
}

/** The place of a watch in `watchers`. Never changes. */
export interface OpenWatch {
  /** `resourceKey`. */
  readonly resource: string;
  readonly group: keyof Watchers;
  /** The Node's or object's name, where the watches are apart by that. */
  readonly value: string;
}

/** A read that wants the caches to be newer than they are. Never changes. */
export interface Waiting {
  readonly from: ComponentId;
  readonly request: ApiRequest;
  readonly revision: number;
  readonly untilMs: number;
}

/** A `deletecollection`: its objects are deleted one by one, and answered together. */
export interface Collection {
  readonly request: ApiRequest;
  readonly from: ComponentId;
  readonly answer: KubernetesObject;
  left: number;
  /** The first refusal of one of them, but for what was gone already. */
  refusal: Refusal | undefined;
}

/** A request that has passed its gates and waits for etcd. */
export interface Pending {
  readonly request: ApiRequest;
  readonly from: ComponentId;
  /** Seq of the trace entry of the request. */
  readonly cause: number;
  /** When etcd was asked, and for a read what. */
  readonly askedMs?: number;
  readonly range?: Omit<EtcdRange, 'type' | 'id'>;
  readonly attempt: number;
  readonly step: 'read' | 'write';
  /** Number of the collection that the request is a part of: nobody waits for its own answer. */
  readonly collection?: number;
  /** For a write: how the answer is made of what was stored. */
  readonly write?: PreparedWrite;
  /** An answer that rests on the cache, which may be behind, and the revision there (0: none). */
  readonly doubted?: { readonly answer: PreparedWrite | Refusal; readonly revision: number };
  /** The quotas have been charged. */
  readonly isCharged?: boolean;
  /** How many of the calls before the write are answered. */
  readonly callsMade?: number;
  /** The Node ports of the write are taken. */
  readonly arePortsTaken?: boolean;
  /** etcd was asked to keep these. */
  readonly ports?: PortChange;
  /** Nobody waits for the answer. */
  readonly isForNobody?: boolean;
  /** Warnings of a preparation for which another was too quick. */
  readonly said?: readonly string[];
  /** How far an eviction has come. */
  readonly eviction?: Eviction;
  /** What its preparation has come to, where it waits for webhooks, and when it began. */
  readonly memo?: WriteMemo;
  readonly beganMs?: number;
}

/** A write that is ready for etcd. */
export interface PreparedWrite {
  readonly key: string;
  /** Undefined deletes. */
  readonly value: KubernetesObject | undefined;
  /** The value as etcd keeps it, where that is in another version. */
  readonly stored?: KubernetesObject;
  readonly expectedRevision: number;
  readonly ttlSeconds?: number;
  /** HTTP status of the answer. */
  readonly code: 200 | 201;
  readonly warnings: readonly string[];
  /** What is answered in place of the stored object (a Status, the deleted object). */
  readonly answer?: KubernetesObject;
  /** Nothing changes: no write is made. */
  readonly isUnchanged?: boolean;
  /** What is still to be asked of the quotas of its namespace. */
  readonly quota?: QuotaQuestion;
  /** What the server asks of itself before: the IPAddress of a Service is made. */
  readonly before?: readonly ApiCall[];
  /** What it asks of itself when the write is made: the IPAddress of a Service that is gone goes. */
  readonly after?: readonly ApiCall[];
  /** What it asks of itself where the write cannot be made after all. */
  readonly undo?: readonly ApiCall[];
  /** Node ports that are taken before, and those that go back after. */
  readonly ports?: PortChange;
  /** How long to wait before it is prepared anew, where another was quicker. */
  readonly retryMs?: number;
  /** The write is only the first of the request. */
  readonly isFirst?: boolean;
  /** A heartbeat (Lease, Node status that says nothing new): a cluster in which only such are written has settled. */
  readonly isHeartbeat?: boolean;
}

/** Who waits for what the server has asked itself. Never changes. */
export type OwnCall =
  | { readonly type: 'quota'; readonly namespace: string }
  | { readonly type: 'before'; readonly pending: Pending }
  | OwnBudgetCall
  /** The Lease of the server. */
  | { readonly type: 'identity' }
  /** Nobody. */
  | { readonly type: 'nobody' };

/** Everything that the handling of one request can use. */
export interface Server {
  readonly state: ApiServerState;
  readonly context: Context;
  /** The write that is being prepared. */
  readonly run?: WriteRun;
}

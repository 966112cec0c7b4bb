import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { SeriesFacts } from '../client/event-series.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import type { RandomSource } from '../kernel/random.ts';
import type { EventRegistration } from './cluster-event.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { Listed, Snapshot } from './snapshot.ts';

/**
 * One concern of the scheduler: a folder or file a plugin, named as upstream names it. Up to `postFilter` and `score` a
 * plugin is pure: it reads the Pod and the snapshot, and what its own `preFilter` or `preScore` made of them for this
 * cycle (`State`: plain data that is never changed, for it is kept until the Pod is bound). `profile.ts` has the order and
 * the weights. Source: staging/src/k8s.io/kube-scheduler/framework/interface.go, 1.36.
 */
export interface SchedulerPlugin<State = unknown> {
  readonly name: string;
  /** `filter` and `score` read nothing but what `PodInfo.localKey` tells of the Pod, and the Node. */
  readonly isLocal?: true;
  /** Why the Pod may not enter the active queue; undefined where it may. */
  preEnqueue?(pod: PodInfo, queue: QueueFacts): Verdict | undefined;
  /** What may help a Pod that this plugin refused; every event, where left out and the plugin refuses anything. */
  readonly events?: readonly EventRegistration[];
  preFilter?(pod: PodInfo, snapshot: Snapshot): PreFiltered<State>;
  /** Why the Pod cannot run on the Node; undefined where it can. */
  filter?(pod: PodInfo, node: NodeInfo, state: State, snapshot: Snapshot): Verdict | undefined;
  /** The state as if a Pod were added to a Node or taken from it: what preemption tries, and nominated Pods. */
  withPod?(state: State, pod: PodInfo, changed: PodInfo, node: NodeInfo, change: 'add' | 'remove'): State;
  /** Nothing fitted: what could be done. */
  postFilter?(pod: PodInfo, search: FailedSearch): PostFiltered;
  preScore?(pod: PodInfo, feasible: readonly NodeInfo[], snapshot: Snapshot): PreScored;
  /** 0 to 100, or raw where `normalize` follows. */
  score?(pod: PodInfo, node: NodeInfo, state: unknown, snapshot: Snapshot): number;
  normalize?(scores: readonly number[], nodes: readonly NodeInfo[], state: unknown, pod: PodInfo): readonly number[];
  /** Takes what the Pod needs on the Node; called once the Node is chosen. `state` is that of `preFilter`, if it made one. */
  reserve?(
    pod: PodInfo,
    node: NodeInfo,
    state: State | undefined,
    assume: AssumedObjects,
    snapshot: Snapshot,
  ): Reserved;
  /** Gives it back: the Pod will not run there. Called also where another plugin refused; `taken` is then undefined. What it gives is written. */
  unreserve?(pod: PodInfo, nodeName: string, taken: unknown, assume: AssumedObjects): readonly ApiCall[] | void;
  permit?(pod: PodInfo, node: NodeInfo, state: State | undefined, snapshot: Snapshot): Permitted;
  /** Whether `preBind` has something to do: the Node is then nominated before. */
  preBindPreFlight?(pod: PodInfo, nodeName: string, taken: unknown): boolean;
  /** A flow (kernel/flow.ts): straight-line code that waits for answers. `taken` is what `reserve` took. */
  preBind?(pod: PodInfo, nodeName: string, taken: unknown, binding: Binding): Verdict | undefined;
  /** A flow. Undefined: bound. `skip`: the next plugin binds. */
  bind?(pod: PodInfo, nodeName: string, binding: Binding): Verdict | 'skip' | undefined;
  /** The Pod is bound. */
  postBind?(pod: PodInfo, nodeName: string, taken: unknown): void;
}

/** `taken`: plain data that is never changed, kept until the Pod is bound or given up. */
export type Reserved = { readonly taken: unknown } | { readonly verdict: Verdict } | undefined;

/** Undefined: permitted. */
export type Permitted = { readonly verdict: Verdict } | { readonly waitMs: number } | undefined;

/** Why not. Source: framework/interface.go `Code`, 1.36. */
export interface Verdict {
  /**
   * `UnschedulableAndUnresolvable`: taking Pods from the Node would not help. `Pending`: the plugin waits for something of
   * its own, and the Pod skips its back-off when that happens.
   */
  readonly code: 'Unschedulable' | 'UnschedulableAndUnresolvable' | 'Pending' | 'Error';
  readonly reasons: readonly string[];
}

export type PreFiltered<State> =
  /** The plugin has nothing to filter for this Pod. */
  | { readonly skip: true }
  | { readonly verdict: Verdict }
  /** `nodeNames`: no others need be looked at. */
  | { readonly state: State; readonly nodeNames?: ReadonlySet<string> };

export type PreScored = { readonly skip: true } | { readonly state: unknown } | { readonly verdict: Verdict };

/** What the queue knows beyond the Pod. */
export interface QueueFacts {
  /** Whether victims of the Pod are being deleted just now. */
  isPreempting(uid: string): boolean;
  /** An object as the cache has it. */
  get?(plural: Listed, key: string): KubernetesObject | undefined;
}

/** Objects as they will be when what is reserved is written; `Snapshot.get` gives them. */
export interface AssumedObjects {
  assume(plural: Listed, key: string, object: KubernetesObject): void;
  /** Back to what the cache has, unless another version was assumed since. */
  restore(plural: Listed, key: string, object: KubernetesObject): void;
  /** Back to what the cache has, whatever is assumed. */
  forget(plural: Listed, key: string): void;
}

/** A search that found no Node. */
export interface FailedSearch {
  readonly snapshot: Snapshot;
  /** Why a Node is no choice. */
  verdictOf(node: string): Verdict;
  /** Why the Pod does not fit on a Node as it is given, with the Pods that are nominated to it; undefined where it does. */
  refusal(node: NodeInfo, changes: SearchChanges): Verdict | undefined;
  /** The plugins' states as the search left them. */
  readonly changes: SearchChanges;
  readonly random: RandomSource;
  /** Names the attempt: makes the purpose of a draw unique. */
  readonly attempt: string;
}

/** The plugins' states after Pods were put on Nodes or taken away in thought. Immutable. */
export interface SearchChanges {
  with(changed: PodInfo, node: NodeInfo, change: 'add' | 'remove'): SearchChanges;
}

/** What came of `postFilter`; `nominate` '' takes a nomination back, undefined leaves it as it is. */
export interface PostFiltered {
  readonly code: 'Success' | Verdict['code'];
  readonly reasons: readonly string[];
  readonly nominate?: string;
  /** Pods to delete so that the Pod fits on the nominated Node. */
  readonly victims?: readonly PodInfo[];
  /** What is written so that the Pod may fit next time. */
  readonly writes?: readonly ApiCall[];
  /** For the trace; JSON. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The binding of one Pod, a flow: everything that it reads beside its arguments goes through here. */
export interface Binding {
  call(call: ApiCall): ApiResult;
  callAll(calls: readonly ApiCall[]): readonly ApiResult[];
  sleep(delayMs: number): void;
  /** An object as the cache has it at this moment, whatever is assumed of it. */
  read(plural: Listed | 'pods' | 'nodes', key: string): KubernetesObject | undefined;
  /** Back to what the cache has, unless another version was assumed since. */
  restore: AssumedObjects['restore'];
  assume: AssumedObjects['assume'];
  forget: AssumedObjects['forget'];
  /** From now on a plugin has this in place of what its `reserve` took. */
  keep(plugin: string, taken: unknown): void;
  /** Tells an Event of the Pod. */
  tell(event: Pick<SeriesFacts, 'type' | 'reason' | 'action' | 'message'>): void;
  /** Why the binding is given up: another Pod took the place. */
  cancelled(): string | undefined;
  /** Milliseconds of the run. */
  now(): number;
}

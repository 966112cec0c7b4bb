import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import type { View } from '../client/view.ts';
import type { RandomSource } from '../kernel/random.ts';
import type { TraceDetail } from '../kernel/trace.ts';
import type { ResourceName, WatchEvent } from '../messages.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';
import type { AutoscalerSettings } from '../clusterautoscaler/loop-state.ts';
import type { ComponentId } from '../component.ts';
import type { DeviceDriver } from '../devicedriver/device-driver.ts';

/**
 * A control loop. One file a controller, named as kube-controller-manager names it; `controllers.ts` lists them.
 *
 * Changes of what it watches give keys; each key is reconciled by one worker at a time. `reconcile` is a straight line: it
 * reads the caches as they were when it began, writes through `context.api` and may get any answer (Conflict, NotFound,
 * AlreadyExists, Forbidden, Invalid, nobody there). Behind each call real time passes, so the function is run again from
 * its start when the answer is there (see `kernel/flow.ts`): it must do nothing but read, call, `once` and return, and
 * keeps nothing outside. What a controller must remember from one sync to the next is `context.memory`.
 */
export interface Controller {
  /** `deployment-controller`. Source of all names: cmd/kube-controller-manager/names/controller_names.go, 1.36. */
  readonly name: string;
  /** The ServiceAccount as which it writes, in kube-system; its name where left out. */
  readonly account?: string;
  /** The process in which it runs, as whom it then writes; kube-controller-manager where left out. */
  readonly process?: 'kube-apiserver';
  /** The component that its Events name as their source; its name where left out. */
  readonly reportsAs?: string;
  readonly watches: readonly ControllerWatch[];
  /** How many keys are reconciled at once. */
  readonly workers: number;
  /** A sync waits until the caches have seen what the same key's last sync wrote (StaleControllerConsistency*, 1.36). */
  readonly readsOwnWrites?: boolean;
  /** Waits after failures of a key, where they are not those of client-go. */
  retries?(numbers: ReleaseNumbers): RetryWaits;
  /** Keys that come again by themselves. */
  readonly resync?: {
    /** A function where a flag says it. */
    readonly everyMs: number | ((flags: ManagerFlags) => number);
    keysOf(caches: Caches): readonly string[];
  };
  reconcile(context: ReconcileContext, key: string): Outcome | void;
}

/** The wait after the first failure of a key, which doubles with each one more, and the longest. */
export interface RetryWaits {
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

export interface ControllerWatch {
  readonly resource: ResourceName;
  /** Keys to reconcile after a change; an entry with `afterMs` is due later. */
  keysOf(event: WatchEvent, caches: Caches): readonly (string | { readonly key: string; readonly afterMs: number })[];
}

/** What kube-controller-manager is told at its start. */
export interface ManagerFlags {
  /** `--cluster-cidr`: the networks of Pods, one for each family of addresses; Nodes are given parts of them. */
  readonly clusterCidrs?: readonly string[];
  /** `--service-cluster-ip-range`. */
  readonly serviceCidrs?: readonly string[];
  /** `--publish-status-address` of an ingress controller, which is no part of it. */
  readonly publishAddress?: string;
  /** What cluster-autoscaler is started with, which is no part of it. */
  readonly autoscaler?: AutoscalerSettings;
  /** Drivers of devices, which are no part of it either. */
  readonly deviceDrivers?: readonly DeviceDriver[];
}

/** What became of a sync. Nothing: done. */
export type Outcome =
  /** Try again after a back-off, which grows with each failure of the key. */
  | { readonly failed: string }
  /**
   * Once more after a while. `check`: to see that nothing came of it until then, so that no timer is waited for once a
   * sync ends without; `periodic`: it comes again for ever.
   */
  | { readonly requeueAfterMs: number; readonly as?: 'check' | 'periodic' };

/** The caches of a controller, by resource. */
export interface Caches {
  view(resource: ResourceName): View;
}

export interface ReconcileContext extends Caches {
  /** When the sync began, in milliseconds of the run. */
  readonly nowMs: number;
  readonly numbers: ReleaseNumbers;
  readonly flags: ManagerFlags;
  readonly random: RandomSource;
  readonly api: ApiWriter;
  /** Who is asked for something past the API server: a driver over its socket. */
  readonly plugins: PluginCaller;
  /** What the last sync of this key left, undefined at first; JSON. */
  readonly memory: unknown;
  /** What the last sync of another key left. */
  memoryOf(key: string): unknown;
  /** Keeps a value for the next sync of this key, where this one ends. */
  remember(value: unknown): void;
  /** Records an Event about an object, as controllers do: it is sent on the side and nobody waits for it. */
  event(about: KubernetesObject, type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** Another key of the same controller, now or later. */
  enqueue(key: string, afterMs?: number): void;
  /** Works something out once in a sync, however often it runs: what it gives is plain data. */
  once<Value>(make: () => Value): Value;
  /** Something worth telling in the trace, once. */
  note(detail: TraceDetail): void;
}

/** Writes and reads of one sync; each waits for its answer. */
export interface ApiWriter {
  call(call: ApiCall): ApiResult;
  /** All at once; goes on when the last is answered. */
  callAll(calls: readonly ApiCall[]): readonly ApiResult[];
  sleep(delayMs: number): void;
}

/** A call of something that is no API server. */
export interface PluginCall {
  readonly to: ComponentId;
  readonly class: 'csi' | 'internal';
  /** `ControllerPublishVolume`. */
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the trace says that it is about: `PersistentVolume//pvc-1`. */
  readonly about: string;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
}

export type PluginAnswer =
  | { readonly ok: true; readonly result: Readonly<Record<string, unknown>> }
  /** In the words of the error upstream. */
  | { readonly ok: false; readonly message: string };

export interface PluginCaller {
  /** Waits for its answer, as writes do. */
  call(call: PluginCall): PluginAnswer;
}

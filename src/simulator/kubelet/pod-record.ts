import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Backoffs } from './backoff.ts';
import type { ClaimMount } from './claims/claim-mount.ts';
import type { ConditionFact } from './conditions.ts';
import type { WaitingReason } from './container-status.ts';
import type { ProbeResult } from './pod-actions.ts';
import type { PodCgroup } from './pod-cgroup.ts';
import type { PodRuntime } from './pod-runtime.ts';
import type { ProbeType } from './probe-outcome.ts';
import type { Killing } from './kill-container.ts';
import type { Step } from './sync-steps.ts';
import type { StepOutcome } from './worker-queue.ts';

/** What the kubelet knows of one Pod of its Node. Plain data. */
export interface PodRecord {
  readonly uid: string;
  readonly key: string;
  pod: KubernetesObject;
  /** `sync` until it has to end; `terminating` while its containers end; `terminated`: nothing of it is left on the Node. */
  stage: 'sync' | 'terminating' | 'terminated';
  /** The Node did not take it. */
  isRejected: boolean;
  /** Its object is gone from the API server. */
  isRemoved: boolean;
  /** What the runtime has, and what of it was seen at the last look. */
  runtime: PodRuntime;
  seen: PodRuntime;
  /** A sync is under way; another is wanted after it. */
  isSyncing: boolean;
  isWanted: boolean;
  /** End of the last sync: the next waits for a newer look at the runtime. Undefined before the first. */
  syncedAtMs: number | undefined;
  /** When it is synced next without anything happening; older timers do not hold. */
  wakeAtMs: number | undefined;
  /** What the sync that is under way still has to do, the present step first. */
  steps: readonly Step[];
  /** What became of the present step. */
  outcome: StepOutcome | undefined;
  /** Where steps have failed: when the first back-off among them ends, and whether all will come to the same for ever. */
  failure: { readonly retryAtMs: number | undefined; readonly isSteady: boolean } | undefined;
  /** How many containers of each name were made: their logs tell it when the containers are gone. */
  readonly attempts: Map<string, number>;
  /** Why containers could not be started, by name. */
  readonly reasons: Map<string, WaitingReason>;
  readonly crashBackoff: Backoffs;
  readonly pullBackoff: Backoffs;
  /** How the last pull of an image failed. */
  readonly pullErrors: Map<string, string>;
  /** Containers that are being ended, by id. */
  readonly killing: Map<string, Killing>;
  readonly probes: Map<string, ProbeWorker>;
  /** What probes have found, by container id and type of the probe. */
  readonly results: Map<string, ProbeResult>;
  volumes: VolumeState;
  /** Conditions of a resize, and the Pod as the Node has agreed to it where it asks for other resources by now. */
  resize: readonly ConditionFact[];
  agreed: KubernetesObject | undefined;
  /** The cgroup of the Pod; undefined before it is made. */
  cgroup: ActuatedCgroup | undefined;
  /** Why the kubelet ends it before its time. */
  evicted: Ended | undefined;
  /** Pods that have to be gone before it begins: they make room for it. */
  waitsFor: readonly string[];
  /** The status as it was last made; undefined before the first. */
  status: JsonObject | undefined;
  isSending: boolean;
  isDirty: boolean;
  /** It will be looked whether the server still says otherwise. */
  isReconcileSet: boolean;
}

/** What the cgroup of a Pod has, and the resources of the whole Pod that were set with it. */
export interface ActuatedCgroup {
  readonly read: PodCgroup;
  readonly resources: JsonObject | undefined;
}

/** Why the kubelet has ended a Pod, as its status tells it. */
export interface Ended {
  readonly reason: string;
  readonly message: string;
  readonly condition?: ConditionFact;
  /** Its containers are given no longer than this to end. */
  readonly graceSeconds?: number;
}

/** Objects that the volumes of a Pod need. */
export interface VolumeState {
  /** Sources that are there: `configmaps/web`, `token/default`. */
  readonly ready: readonly string[];
  readonly isMounted: boolean;
  /** Requests that have no answer yet. */
  readonly open: number;
  readonly failures: number;
  /** Volumes that are claims, by their name in the Pod; empty until they are looked at. */
  readonly claims: Readonly<Record<string, ClaimMount>>;
}

/** One probe of one container: what it last found. */
export interface ProbeWorker {
  readonly container: string;
  readonly type: ProbeType;
  /** A moment at which it probes; others are whole periods away. */
  anchorMs: number;
  /** The container that it looks at; '' before the first. */
  containerId: string;
  last: ProbeResult | undefined;
  /** How many times in a row. */
  run: number;
  isOnHold: boolean;
  /** When it probes next; undefined while nothing can come of it. */
  dueMs: number | undefined;
}

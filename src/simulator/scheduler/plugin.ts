import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/**
 * One concern of the scheduler: a folder or file a plugin, named as upstream names it. Pure: it reads the Pod and the
 * snapshot, and what its own `preFilter` or `preScore` made of them for this cycle (`State`). `profile.ts` has the order
 * and the weights. Source: staging/src/k8s.io/kube-scheduler/framework/interface.go, 1.36.
 */
export interface SchedulerPlugin<State = unknown> {
  readonly name: string;
  /** Why the Pod may not enter the active queue; undefined where it may. */
  preEnqueue?(pod: PodInfo): Verdict | undefined;
  preFilter?(pod: PodInfo, snapshot: Snapshot): PreFiltered<State>;
  /** Why the Pod cannot run on the Node; undefined where it can. */
  filter?(pod: PodInfo, node: NodeInfo, state: State, snapshot: Snapshot): Verdict | undefined;
  /** The state as if a Pod were added to a Node or taken from it: what preemption tries. */
  withPod?(state: State, pod: PodInfo, changed: PodInfo, node: NodeInfo, change: 'add' | 'remove'): State;
  preScore?(pod: PodInfo, feasible: readonly NodeInfo[], snapshot: Snapshot): PreScored;
  /** 0 to 100, or raw where `normalize` follows. */
  score?(pod: PodInfo, node: NodeInfo, state: unknown, snapshot: Snapshot): number;
  normalize?(scores: readonly number[], nodes: readonly NodeInfo[], state: unknown, pod: PodInfo): readonly number[];
}

/** Why not. Source: framework/interface.go `Code`, 1.36. */
export interface Verdict {
  /** `UnschedulableAndUnresolvable`: taking Pods from the Node would not help. */
  readonly code: 'Unschedulable' | 'UnschedulableAndUnresolvable' | 'Pending' | 'Error';
  readonly reasons: readonly string[];
}

export type PreFiltered<State> =
  /** The plugin has nothing to filter for this Pod. */
  | { readonly skip: true }
  | { readonly verdict: Verdict }
  /** `nodeNames`: no others need be looked at. */
  | { readonly state: State; readonly nodeNames?: ReadonlySet<string> };

export type PreScored = { readonly skip: true } | { readonly state: unknown };

/** The cluster as the scheduler saw it when the cycle began. Immutable. */
export interface Snapshot {
  /** In the order in which they are looked at: zones take turns. */
  readonly nodes: readonly NodeInfo[];
  find(name: string): NodeInfo | undefined;
}

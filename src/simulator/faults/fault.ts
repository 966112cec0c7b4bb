import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId, ComponentPlace } from '../component.ts';

/** What a fault does to the machinery, as data: each has its contrary, with which it is undone. */
export type FaultEffect =
  | { readonly type: 'stop'; readonly process: string; readonly how: 'crash' | 'power' }
  /** The way between two machines, processes or components is cut in both directions. */
  | { readonly type: 'cut'; readonly a: string; readonly b: string }
  /** A component is told how many times slower its disk is; 1 when it is over. */
  | { readonly type: 'disk'; readonly component: ComponentId; readonly slowness: number }
  /** Something is done to a component, and something else when it is over. */
  | { readonly type: 'do'; readonly component: ComponentId; readonly now: FaultAct; readonly after?: FaultAct }
  /** A machine comes; or one goes for good, and nothing of it is left. */
  | { readonly type: 'join'; readonly node: KubernetesObject }
  | { readonly type: 'leave'; readonly node: string }
  /** A line of etcdctl is run. */
  | { readonly type: 'etcdctl'; readonly line: string }
  /** Something comes that was not there, and goes when it is over. */
  | { readonly type: 'add'; readonly place: ComponentPlace; readonly settings: unknown }
  /** A machine is switched off when its kubelet lets it; its processes run again when it is over. */
  | { readonly type: 'shutdown'; readonly node: string; readonly processes: readonly string[] };

/** What is done to a component, in words that it knows. */
export interface FaultAct {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** One way in which things go wrong, one file each. */
export interface FaultDefinition {
  /** `node-failure`. */
  readonly name: string;
  /** What it can be done to: a Node, a Pod, a component by its id, or the cluster as a whole. */
  readonly target: 'Node' | 'Pod' | 'component' | 'cluster';
  /** Start of the ids of components that it applies to; the first of them where the script names none. */
  readonly components?: string;
  /** The same where there are several of them, one on each machine of the control plane: `kube-controller-manager-`. */
  readonly instances?: string;
  readonly parameters: readonly FaultParameter[];
  /** The effects; `node` and `component` are what runs, in order of id. */
  effects(
    target: string,
    parameters: FaultParameters,
    running: readonly ComponentId[],
    pod: FaultPod | undefined,
    scene: FaultScene,
  ): readonly FaultEffect[];
}

/** What a fault can know of the cluster beside what runs. */
export interface FaultScene {
  /** The process of a component; undefined where there is none of that id. */
  processOf(component: ComponentId): string | undefined;
  /** Processes of the control plane that end with their machine, by machine: none where there is only one of each. */
  readonly controlPlane: ReadonlyMap<string, readonly string[]>;
  /** Zone by Node, of Nodes that have one. */
  readonly zones: ReadonlyMap<string, string>;
  /** Whom clients ask. */
  readonly server: ComponentId;
}

/** The Pod that is meant, and where it is. */
export interface FaultPod {
  readonly uid: string;
  readonly node: string;
}

export interface FaultParameter {
  readonly name: string;
  /** What it can be; any text where left out. */
  readonly values?: readonly string[];
  readonly default: string;
}

export type FaultParameters = Readonly<Record<string, string>>;

/** A fault as a script orders it. */
export interface FaultOrder {
  readonly fault: string;
  /** A Node's name, `namespace/name` of a Pod, or the id of a component; undefined for the first that it applies to. */
  readonly target?: string;
  /** The Pod that has that name when the fault comes. */
  readonly pod?: FaultPod | undefined;
  readonly parameters?: FaultParameters;
  /** When it is undone; never where left out. */
  readonly forMs?: number;
}

/** Processes on a Node: those whose components have its name behind a slash (`kubelet/w1`), and its part of the control plane. */
export function processesOn(
  node: string,
  running: readonly ComponentId[],
  { controlPlane }: FaultScene,
): readonly string[] {
  const own = controlPlane.get(node) ?? [];
  return [...own.filter((id) => running.includes(id)), ...running.filter((id) => id.endsWith(`/${node}`))];
}

/** Whether a component runs on a Node. */
export function isOn(node: string, component: ComponentId, { controlPlane }: FaultScene): boolean {
  const own = controlPlane.get(node) ?? [];
  return component.endsWith(`/${node}`) || own.some((id) => component === id || component.startsWith(`${id}/`));
}

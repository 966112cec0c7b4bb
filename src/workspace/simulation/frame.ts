import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { groupBy } from '../../base/group-by.ts';
import { parseQuantity, quantityToNumber } from '../../apimachinery/quantity.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Cluster } from '../../simulator/cluster.ts';
import type { MemberState } from '../../simulator/etcd/member-state.ts';
import { leadersOf } from '../../simulator/leader-election/leaders.ts';
import { isHighlyAvailable } from '../../simulator/topology.ts';
import { frameControllers } from './frame-controllers.ts';
import type { FrameController } from './frame-controllers.ts';
import { framePods } from './frame-pod.ts';
import type { FramePod, PodOfNode } from './frame-pod.ts';
import { frameServices, frameWorkload } from './frame-workload.ts';
import type { FrameService, FrameWorkload } from './frame-workload.ts';

export type { FrameController } from './frame-controllers.ts';
export type { FramePod, PodState } from './frame-pod.ts';
export type { FrameEndpoint, FrameService, FrameWorkload } from './frame-workload.ts';

/** How the cluster stands at one moment, as the pictures show it. Survives a structured clone. */
export interface Frame {
  readonly timeMs: number;
  readonly components: readonly FrameComponent[];
  readonly controllers: readonly FrameController[];
  readonly nodes: readonly FrameNode[];
  /** Pods without a Node. */
  readonly unplaced: readonly FramePod[];
  readonly workloads: readonly FrameWorkload[];
  readonly services: readonly FrameService[];
  /** Which objects of the design are there: `Deployment/shop/web`. */
  readonly there: readonly string[];
  /** Newest revision of the store. */
  readonly revision: number;
}

export interface FrameComponent {
  readonly id: string;
  readonly kind: string;
  readonly process: string;
  readonly machine: string;
  readonly isRunning: boolean;
  /** Of several that elect one: the others follow it, or stand by. */
  readonly isLeader?: true;
}

export interface FrameNode {
  readonly name: string;
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly isCordoned: boolean;
  readonly isControlPlane: boolean;
  readonly zone: string;
  /** `key=value:effect`. */
  readonly taints: readonly string[];
  readonly pods: readonly FramePod[];
  /** Thousandths of a core: asked for by its Pods, and what can be given. */
  readonly cpu: Share;
  /** Bytes. */
  readonly memory: Share;
}

export interface Share {
  readonly used: number;
  readonly total: number;
}

/** `wanted`: objects of the design. */
export function frameOf(cluster: Cluster, wanted: ReadonlySet<string>): Frame {
  const objects = cluster.objects();
  const pods = groupBy(framePods(objects), ({ pod }) => pod.node ?? '');
  const kinds = new Set([...wanted].map((key) => key.slice(0, key.indexOf('/'))));
  const leaders = leadingProcesses(cluster, objects);
  return {
    timeMs: cluster.nowMs,
    components: cluster.places().map(({ id, kind, process, machine, isRunning }) => ({
      id,
      kind,
      process,
      machine,
      isRunning,
      ...((leaders.has(process) || isRaftLeader(cluster, id)) && { isLeader: true as const }),
    })),
    controllers: frameControllers(cluster),
    nodes: objects
      .filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1')
      .map((node) => frameNode(node, pods.get(nameOf(node)) ?? [])),
    unplaced: (pods.get('') ?? []).map(({ pod }) => pod),
    workloads: objects.flatMap(frameWorkload),
    services: frameServices(objects),
    there: objects
      .filter(({ kind }) => kinds.has(kind))
      .map(keyOf)
      .filter((key) => wanted.has(key)),
    revision: objects.reduce((newest, object) => Math.max(newest, revisionOf(object)), 0),
  };
}

/** `Deployment/shop/web`; `Node//w1`. */
export function keyOf(object: KubernetesObject): string {
  return `${object.kind}/${namespaceOf(object) ?? ''}/${nameOf(object)}`;
}

/** Processes that hold the Lease of their kind, of which there is more than one on machines of the control plane. */
function leadingProcesses(cluster: Cluster, objects: readonly KubernetesObject[]): ReadonlySet<string> {
  if (!isHighlyAvailable(cluster.topology)) return new Set();
  const places = () => cluster.places();
  const stateOf = (id: string): unknown => cluster.stateOf(id);
  const { scheduler, controllerManager } = leadersOf({ places, stateOf, objects: () => objects });
  return new Set([scheduler.component, controllerManager.component].filter((id) => id !== undefined));
}

/** Whether a member of etcd leads; the folded etcd has no members. */
function isRaftLeader(cluster: Cluster, id: string): boolean {
  if (!id.startsWith('etcd-')) return false;
  const raft = (cluster.stateOf(id) as Partial<MemberState> | undefined)?.raft;
  return raft !== undefined && raft.lead === raft.config.id;
}

function revisionOf(object: KubernetesObject): number {
  return Number(stringAt(object, 'metadata', 'resourceVersion') ?? 0);
}

/** Objects never change: a Node with the same Pods is what it was. */
const known = new WeakMap<KubernetesObject, FrameNode>();

function frameNode(node: KubernetesObject, held: readonly PodOfNode[]): FrameNode {
  const before = known.get(node);
  if (before?.pods.length === held.length && held.every(({ pod }, index) => pod === before.pods[index])) return before;
  const frame = newFrameNode(
    node,
    held.map(({ object }) => object),
    held.map(({ pod }) => pod),
  );
  known.set(node, frame);
  return frame;
}

function newFrameNode(
  node: KubernetesObject,
  objects: readonly KubernetesObject[],
  pods: readonly FramePod[],
): FrameNode {
  const ready = arrayAt(node, 'status', 'conditions').find((condition) => stringAt(condition, 'type') === 'Ready');
  const status = stringAt(ready, 'status');
  const running = objects.filter((pod) => !isOver(pod));
  const labels = objectAt(node, 'metadata', 'labels') ?? {};
  return {
    name: nameOf(node),
    ready: status === 'True' || status === 'False' ? status : 'Unknown',
    isCordoned: valueAt(node, 'spec', 'unschedulable') === true,
    isControlPlane: Object.hasOwn(labels, 'node-role.kubernetes.io/control-plane'),
    zone: stringAt(labels, 'topology.kubernetes.io/zone') ?? '',
    taints: arrayAt(node, 'spec', 'taints').map(taintText),
    pods,
    cpu: share(node, running, 'cpu', milli),
    memory: share(node, running, 'memory', (quantity) => milli(quantity) / 1000),
  };
}

function share(
  node: KubernetesObject,
  pods: readonly KubernetesObject[],
  resource: string,
  read: (quantity: string) => number,
): Share {
  const total = read(stringAt(node, 'status', 'allocatable', resource) ?? '0');
  const used = pods
    .flatMap((pod) => arrayAt(pod, 'spec', 'containers'))
    .reduce<number>((sum, item) => sum + read(stringAt(item, 'resources', 'requests', resource) ?? '0'), 0);
  return { used, total };
}

function milli(text: string): number {
  const quantity = parseQuantity(text);
  return quantity === undefined ? 0 : Math.round(quantityToNumber(quantity) * 1000);
}

function isOver(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

function taintText(taint: unknown): string {
  const value = stringAt(taint, 'value') ?? '';
  return `${stringAt(taint, 'key') ?? ''}${value === '' ? '' : `=${value}`}:${stringAt(taint, 'effect') ?? ''}`;
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { parseQuantity, quantityToNumber } from '../../apimachinery/quantity.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Cluster } from '../../simulator/cluster.ts';

/** How the cluster stands at one moment, as the pictures show it. Survives a structured clone. */
export interface Frame {
  readonly timeMs: number;
  readonly components: readonly FrameComponent[];
  readonly nodes: readonly FrameNode[];
  /** Pods without a Node. */
  readonly unplaced: readonly FramePod[];
  readonly workloads: readonly FrameWorkload[];
  readonly services: readonly FrameService[];
  /** Newest revision of the store. */
  readonly revision: number;
}

export interface FrameComponent {
  readonly id: string;
  readonly kind: string;
  readonly process: string;
  readonly machine: string;
  readonly isRunning: boolean;
}

export interface FrameNode {
  readonly name: string;
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly isCordoned: boolean;
  readonly isControlPlane: boolean;
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

export type PodState =
  'pending' | 'creating' | 'waiting' | 'running' | 'ready' | 'terminating' | 'succeeded' | 'failed';

export interface FramePod {
  readonly namespace: string;
  readonly name: string;
  readonly state: PodState;
  /** Why it waits, in the kubelet's or the scheduler's word. */
  readonly reason?: string;
  readonly restarts: number;
}

export interface FrameWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
}

export interface FrameService {
  readonly namespace: string;
  readonly name: string;
  readonly ready: number;
  readonly total: number;
}

export function frameOf(cluster: Cluster): Frame {
  const objects = cluster.objects();
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const byNode = Map.groupBy(pods, (pod) => nameAt(pod, 'spec', 'nodeName') ?? '');
  return {
    timeMs: cluster.nowMs,
    components: cluster.places().map(({ id, kind, process, machine, isRunning }) => ({
      id,
      kind,
      process,
      machine,
      isRunning,
    })),
    nodes: objects
      .filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1')
      .map((node) => frameNode(node, byNode.get(nameOf(node)) ?? [])),
    unplaced: (byNode.get('') ?? []).map(framePod),
    workloads: objects.flatMap(frameWorkload),
    services: servicesOf(objects),
    revision: objects.reduce((newest, object) => Math.max(newest, revisionOf(object)), 0),
  };
}

function revisionOf(object: KubernetesObject): number {
  return Number(stringAt(object, 'metadata', 'resourceVersion') ?? 0);
}

function frameNode(node: KubernetesObject, pods: readonly KubernetesObject[]): FrameNode {
  const ready = arrayAt(node, 'status', 'conditions').find((condition) => stringAt(condition, 'type') === 'Ready');
  const status = stringAt(ready, 'status');
  const running = pods.filter((pod) => !isOver(pod));
  const labels = objectAt(node, 'metadata', 'labels') ?? {};
  return {
    name: nameOf(node),
    ready: status === 'True' || status === 'False' ? status : 'Unknown',
    isCordoned: valueAt(node, 'spec', 'unschedulable') === true,
    isControlPlane: Object.hasOwn(labels, 'node-role.kubernetes.io/control-plane'),
    pods: pods.map(framePod),
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

export function framePod(pod: KubernetesObject): FramePod {
  const containers = [
    ...arrayAt(pod, 'status', 'initContainerStatuses'),
    ...arrayAt(pod, 'status', 'containerStatuses'),
  ];
  const waiting = containers.map((container) => stringAt(container, 'state', 'waiting', 'reason')).find(Boolean);
  const conditions = arrayAt(pod, 'status', 'conditions');
  const unscheduled = conditions.find(
    (condition) => stringAt(condition, 'type') === 'PodScheduled' && stringAt(condition, 'status') === 'False',
  );
  const reason = stringAt(unscheduled, 'reason') ?? waiting ?? stringAt(pod, 'status', 'reason');
  return {
    namespace: namespaceOf(pod) ?? '',
    name: nameOf(pod),
    state: stateOf(pod, waiting),
    ...(reason === undefined ? {} : { reason }),
    restarts: containers.reduce<number>((sum, container) => sum + (numberAt(container, 'restartCount') ?? 0), 0),
  };
}

/** Reasons of waiting that are part of the way, not trouble. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

function stateOf(pod: KubernetesObject, waiting: string | undefined): PodState {
  if (isBeingDeleted(pod)) return 'terminating';
  const phase = stringAt(pod, 'status', 'phase');
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed') return 'failed';
  if (waiting !== undefined && !ON_THE_WAY.has(waiting)) return 'waiting';
  if (nameAt(pod, 'spec', 'nodeName') === undefined) return 'pending';
  if (phase !== 'Running') return 'creating';
  const isReady = arrayAt(pod, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
  );
  return isReady ? 'ready' : 'running';
}

/** Where each kind of workload says what it wants and what it has. */
const COUNTS: Readonly<Record<string, readonly [desired: readonly string[], current: string, ready: string]>> = {
  Deployment: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  ReplicaSet: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  ReplicationController: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  StatefulSet: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  DaemonSet: [['status', 'desiredNumberScheduled'], 'currentNumberScheduled', 'numberReady'],
  Job: [['spec', 'completions'], 'active', 'succeeded'],
};

function frameWorkload(object: KubernetesObject): readonly FrameWorkload[] {
  const counts = COUNTS[object.kind];
  if (counts === undefined) return [];
  const [desired, current, ready] = counts;
  return [
    {
      kind: object.kind,
      namespace: namespaceOf(object) ?? '',
      name: nameOf(object),
      desired: numberAt(object, ...desired) ?? 0,
      current: numberAt(object, 'status', current) ?? 0,
      ready: numberAt(object, 'status', ready) ?? 0,
    },
  ];
}

function servicesOf(objects: readonly KubernetesObject[]): readonly FrameService[] {
  const slices = Map.groupBy(
    objects.filter(({ kind }) => kind === 'EndpointSlice'),
    (slice) =>
      `${namespaceOf(slice) ?? ''}/${stringAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name') ?? ''}`,
  );
  return objects
    .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
    .map((service) => {
      const [namespace, name] = [namespaceOf(service) ?? '', nameOf(service)];
      const endpoints = (slices.get(`${namespace}/${name}`) ?? []).flatMap((slice) => arrayAt(slice, 'endpoints'));
      const ready = endpoints.filter((endpoint) => valueAt(endpoint, 'conditions', 'ready') === true);
      return { namespace, name, ready: ready.length, total: endpoints.length };
    });
}

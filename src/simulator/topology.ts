import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf, nameOf } from '../apimachinery/object.ts';
import { objectAt, stringMapAt } from '../base/json.ts';

/** How many members etcd may have. */
export const ETCD_MEMBERS = [1, 3, 5] as const;

export type EtcdMembers = (typeof ETCD_MEMBERS)[number];

/** The machines of a cluster, as Node manifests. */
export interface Topology {
  readonly nodes: readonly KubernetesObject[];
  /** Members of etcd that elect a leader and replicate; where left out, etcd is one component with one latency. */
  readonly etcdMembers?: EtcdMembers;
}

/** The machines of etcd's members: Nodes of the control plane, then machines of their own. */
export function etcdMachines(topology: Topology): readonly string[] {
  const marked = topology.nodes.filter(isControlPlane).map(nameOf);
  const nodes = marked.length === 0 ? [controlPlaneMachine(topology)] : marked;
  return Array.from({ length: topology.etcdMembers ?? 0 }, (_, index) => nodes[index] ?? `etcd-${index + 1}`);
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

const WORKER = { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '100Gi' };

/** Workers of 4 CPU, 16Gi and 110 Pods, and one control-plane Node. */
export function defaultTopology(workers: number): Topology {
  return {
    nodes: [
      nodeManifest('cp-1', { [CONTROL_PLANE]: '' }, [{ key: CONTROL_PLANE, effect: 'NoSchedule' }]),
      ...Array.from({ length: workers }, (_, index) => nodeManifest(`w${index + 1}`, {}, [])),
    ],
  };
}

/** The Nodes of the input, or the default where it has none; where a size is given, workers of that size in place of its own. */
export function topologyOf(objects: readonly KubernetesObject[], workers = 3, size?: NodeSize): Topology {
  const nodes = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Node');
  if (size !== undefined) {
    const own = nodes.filter(isControlPlane);
    const controlPlane = own.length === 0 ? defaultTopology(0).nodes : own;
    return { nodes: [...controlPlane, ...workersOfSize(size, workers)] };
  }
  return nodes.length === 0 ? defaultTopology(workers) : { nodes };
}

/** A kind of machine that a cluster may have any number of. */
export interface NodeSize {
  /** `node.kubernetes.io/instance-type` of its Nodes. */
  readonly name: string;
  /** As `status.capacity` of its Nodes. */
  readonly capacity: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
  /** Zones that its Nodes stand in by turns; none where empty. */
  readonly zones: readonly string[];
}

export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Source: staging/src/k8s.io/api/core/v1/well_known_labels.go, 1.36. */
export const INSTANCE_TYPE = 'node.kubernetes.io/instance-type';
export const ZONE = 'topology.kubernetes.io/zone';

/** Workers `w1`, `w2`… of a size. */
export function workersOfSize(size: NodeSize, count: number): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, index) => nodeOfSize(size, `w${index + 1}`, index));
}

/** The Node of a machine of a size; `index` says whose turn it is among the zones. */
export function nodeOfSize(
  { name: type, capacity, labels, taints, zones }: NodeSize,
  name: string,
  index: number,
): KubernetesObject {
  const zone = zones[index % zones.length];
  const own = { ...labels, [INSTANCE_TYPE]: type, ...(zone === undefined ? {} : { [ZONE]: zone }) };
  return nodeManifest(name, own, taints, { ...WORKER, ...capacity });
}

/** The size of the workers that the input has, as its first says; that of a default worker where it has none. */
export function sizeOfWorkers(objects: readonly KubernetesObject[]): NodeSize {
  const workers = objects.filter((object) => object.kind === 'Node' && !isControlPlane(object));
  const [first] = workers;
  if (first === undefined) return { name: 'default', capacity: WORKER, labels: {}, taints: [], zones: [] };
  const { [HOSTNAME]: _, [ZONE]: zone, ...labels } = Object.fromEntries(labelsOf(first));
  const zones = workers.flatMap((node) => labelsOf(node).get(ZONE) ?? []);
  return {
    name: labels[INSTANCE_TYPE] ?? 'default',
    capacity: Object.fromEntries(stringMapAt(first, 'status', 'capacity')),
    labels,
    taints: (objectAt(first, 'spec')?.['taints'] as readonly NodeTaint[] | undefined) ?? [],
    zones: zone === undefined ? [] : [...new Set(zones)],
  };
}

function isControlPlane(node: KubernetesObject): boolean {
  return labelsOf(node).has(CONTROL_PLANE);
}

const HOSTNAME = 'kubernetes.io/hostname';

/** The Node of a machine of so much; `capacity` as a worker has it where left out. */
export function nodeManifest(
  name: string,
  labels: Readonly<Record<string, string>>,
  taints: readonly NodeTaint[],
  capacity: Readonly<Record<string, string>> = WORKER,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', ...labels },
    },
    spec: taints.length === 0 ? {} : { taints: taints.map((taint) => ({ ...taint })) },
    status: { capacity, allocatable: capacity },
  };
}

/** The machine on which the control plane runs: the first Node that is marked as such, or one beside the Nodes. */
export function controlPlaneMachine({ nodes }: Topology): string {
  const marked = nodes.find(isControlPlane);
  return marked === undefined ? 'control-plane' : nameOf(marked);
}

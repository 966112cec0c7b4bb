import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf, nameOf } from '../apimachinery/object.ts';
import { objectAt, stringMapAt } from '../base/json.ts';
import type { NodePool } from './clusterautoscaler/node-pool.ts';

/** How many members etcd may have. */
export const ETCD_MEMBERS = [1, 3, 5] as const;

export type EtcdMembers = (typeof ETCD_MEMBERS)[number];

/** How many API servers there may be. */
export const API_SERVERS = [1, 2, 3, 4, 5] as const;

/** Where the members of etcd run: one beside each API server, which talks to no other; or on hosts of their own. */
export const ETCD_PLACES = ['stacked', 'external'] as const;

export type EtcdPlace = (typeof ETCD_PLACES)[number];

/** The machines of a cluster, as Node manifests. */
export interface Topology {
  readonly nodes: readonly KubernetesObject[];
  /** Members of etcd that elect a leader and replicate; where left out, etcd is one component with one latency. */
  readonly etcdMembers?: EtcdMembers;
  /**
   * How many machines of the control plane there are, each with an API server, a scheduler and a controller manager, behind
   * a load balancer; where left out, one and no balancer.
   */
  readonly apiServers?: number;
  /** Where several API servers have etcd: beside them where left out. */
  readonly etcd?: EtcdPlace;
  /** Pools of machines, with which cluster-autoscaler comes; their first machines are among `nodes`. None where left out. */
  readonly pools?: readonly NodePool[];
}

/** Whether several machines share the control plane. */
export function isHighlyAvailable({ apiServers = 1 }: Topology): boolean {
  return apiServers > 1;
}

/** The machines of etcd's members: Nodes of the control plane, then machines of their own. */
export function etcdMachines(topology: Topology): readonly string[] {
  const { etcd, etcdMembers } = topology;
  if (etcd === 'external') {
    const own = etcdNodes(topology.nodes).map(nameOf);
    return named('etcd', etcdMembers ?? EXTERNAL_MEMBERS).map((name, index) => own[index] ?? name);
  }
  if (etcd === 'stacked' || isHighlyAvailable(topology)) return controlPlaneMachines(topology);
  const nodes = markedNodes(topology);
  return named('etcd', etcdMembers ?? 0).map((name, index) => nodes[index] ?? name);
}

const EXTERNAL_MEMBERS = 3;

function named(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

/** The machines of the control plane: Nodes that are marked as such, then machines beside the Nodes. */
export function controlPlaneMachines(topology: Topology): readonly string[] {
  const nodes = markedNodes(topology);
  return named('control-plane', topology.apiServers ?? 1).map((name, index) => nodes[index] ?? name);
}

function markedNodes(topology: Topology): readonly string[] {
  const marked = serverNodes(topology.nodes).map(nameOf);
  return marked.length === 0 ? [controlPlaneMachine(topology)] : marked;
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

const WORKER = { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '100Gi' };

/** Workers of 4 CPU, 16Gi and 110 Pods, and control-plane Nodes: one where it is not said how many. */
export function defaultTopology(workers: number, controlPlanes = 1): Topology {
  const taint = { key: CONTROL_PLANE, effect: 'NoSchedule' };
  return {
    nodes: [
      ...named('cp', controlPlanes).map((name) => nodeManifest(name, { [CONTROL_PLANE]: '' }, [taint])),
      ...Array.from({ length: workers }, (_, index) => nodeManifest(`w${index + 1}`, {}, [])),
    ],
  };
}

/** What a topology is made from besides the Nodes of the input. */
export interface TopologyOptions {
  /** Workers of that size in place of the input's own. */
  readonly size?: NodeSize | undefined;
  /** Nodes of the control plane, where the input has no Nodes. */
  readonly controlPlanes?: number | undefined;
}

/** The Nodes of the input, or the default where it has none; where a size is given, workers of that size in place of its own. */
export function topologyOf(
  objects: readonly KubernetesObject[],
  workers = 3,
  { size, controlPlanes = 1 }: TopologyOptions = {},
): Topology {
  const nodes = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Node');
  if (size !== undefined) {
    const own = nodes.filter(isControlPlane);
    const controlPlane = own.length === 0 ? defaultTopology(0, controlPlanes).nodes : own;
    return { nodes: [...controlPlane, ...workersOfSize(size, workers)], ...sharedAmong(own) };
  }
  return nodes.length === 0 ? defaultTopology(workers, controlPlanes) : { nodes, ...sharedAmong(nodes) };
}

/**
 * Who draws several Nodes of the control plane has drawn one that is shared, as kubeadm makes it: an API server and a member
 * of etcd on each, or etcd on those that have its role, where others have not.
 */
function sharedAmong(nodes: readonly KubernetesObject[]): Pick<Topology, 'apiServers' | 'etcd' | 'etcdMembers'> {
  const apiServers = API_SERVERS.findLast((count) => count <= serverNodes(nodes).length) ?? 1;
  const members = ETCD_MEMBERS.findLast((count) => count <= etcdNodes(nodes).length);
  if (members !== undefined) return { apiServers, etcd: 'external', etcdMembers: members };
  return apiServers > 1 ? { apiServers, etcd: 'stacked' } : {};
}

/** Label of Nodes on which etcd runs, as distributions write it; where all of the control plane have it, etcd is stacked. */
const ETCD_ROLE = 'node-role.kubernetes.io/etcd';

function serverNodes(nodes: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const marked = nodes.filter(isControlPlane);
  const alone = marked.filter((node) => !labelsOf(node).has(ETCD_ROLE));
  return alone.length === 0 ? marked : alone;
}

/** Nodes that have etcd for others; none where the API servers have it beside them. */
function etcdNodes(nodes: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const servers = serverNodes(nodes);
  return servers.length === 0 ? [] : nodes.filter((node) => labelsOf(node).has(ETCD_ROLE) && !servers.includes(node));
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

/** Whether a Node is marked as one of the control plane. */
export function isControlPlane(node: KubernetesObject): boolean {
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

/** What runs once in a cluster and not with the control plane has a worker, where several machines share the control plane. */
export function addonMachine(topology: Topology): string {
  const worker = topology.nodes.find((node) => !isControlPlane(node));
  return worker === undefined || !isHighlyAvailable(topology) ? controlPlaneMachine(topology) : nameOf(worker);
}

/** The machine on which the control plane runs: the first Node that is marked as such, or one beside the Nodes. */
export function controlPlaneMachine({ nodes }: Topology): string {
  const marked = nodes.find(isControlPlane);
  return marked === undefined ? 'control-plane' : nameOf(marked);
}

/** Zone by Node, of Nodes that have one. */
export function zonesOf({ nodes }: Topology): ReadonlyMap<string, string> {
  return new Map(
    nodes.flatMap((node) => {
      const zone = labelsOf(node).get('topology.kubernetes.io/zone');
      return zone === undefined ? [] : [[nameOf(node), zone] as const];
    }),
  );
}

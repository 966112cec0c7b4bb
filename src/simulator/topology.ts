import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf, nameOf } from '../apimachinery/object.ts';

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
}

/** Whether several machines share the control plane. */
export function isHighlyAvailable({ apiServers = 1 }: Topology): boolean {
  return apiServers > 1;
}

/** The machines of etcd's members: Nodes of the control plane, then machines of their own. */
export function etcdMachines(topology: Topology): readonly string[] {
  const { etcd, etcdMembers } = topology;
  if (etcd === 'external') return named('etcd', etcdMembers ?? EXTERNAL_MEMBERS);
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
  const marked = topology.nodes.filter((node) => labelsOf(node).has(CONTROL_PLANE)).map(nameOf);
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

/** The Nodes of the input, or the default where it has none. */
export function topologyOf(objects: readonly KubernetesObject[], workers = 3, controlPlanes = 1): Topology {
  const nodes = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Node');
  return nodes.length === 0 ? defaultTopology(workers, controlPlanes) : { nodes };
}

/** The Node of a machine of so much; `capacity` as a worker has it where left out. */
export function nodeManifest(
  name: string,
  labels: Readonly<Record<string, string>>,
  taints: readonly { readonly key: string; readonly effect: string }[],
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
  const worker = topology.nodes.find((node) => !labelsOf(node).has(CONTROL_PLANE));
  return worker === undefined || !isHighlyAvailable(topology) ? controlPlaneMachine(topology) : nameOf(worker);
}

/** The machine on which the control plane runs: the first Node that is marked as such, or one beside the Nodes. */
export function controlPlaneMachine({ nodes }: Topology): string {
  const marked = nodes.find((node) => labelsOf(node).has(CONTROL_PLANE));
  return marked === undefined ? 'control-plane' : nameOf(marked);
}

import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf, nameOf } from '../apimachinery/object.ts';

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
  const marked = topology.nodes.filter((node) => labelsOf(node).has(CONTROL_PLANE)).map(nameOf);
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

/** The Nodes of the input, or the default where it has none. */
export function topologyOf(objects: readonly KubernetesObject[], workers = 3): Topology {
  const nodes = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Node');
  return nodes.length === 0 ? defaultTopology(workers) : { nodes };
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

/** The machine on which the control plane runs: the first Node that is marked as such, or one beside the Nodes. */
export function controlPlaneMachine({ nodes }: Topology): string {
  const marked = nodes.find((node) => labelsOf(node).has(CONTROL_PLANE));
  return marked === undefined ? 'control-plane' : nameOf(marked);
}

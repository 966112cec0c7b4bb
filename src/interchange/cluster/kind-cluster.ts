import type { JsonObject, JsonValue } from '../../base/json.ts';
import { writeObject } from '../../manifest/write.ts';
import type { Conversion, Note } from '../note.ts';
import type { DrawnCluster, DrawnNode } from './drawn-nodes.ts';
import { clusterFile, sayCapacity } from './cluster-file.ts';

/**
 * The drawn Nodes as a cluster of kind: one container each, with labels, taints and the Node ports that the design names.
 * Source: pkg/apis/config/v1alpha4/types.go of kubernetes-sigs/kind.
 */
export function kindCluster(cluster: DrawnCluster, name: string): Conversion {
  const { nodes, nodePorts } = cluster;
  const notes: Note[] = [...cluster.notes, ...sayCapacity(cluster)];
  const firstControlPlane = nodes.find(({ isControlPlane }) => isControlPlane);
  const written = nodes.map((node): JsonObject => {
    const isFirst = node === firstControlPlane;
    return {
      role: node.isControlPlane ? 'control-plane' : 'worker',
      ...(node.version === undefined ? {} : { image: `kindest/node:${node.version}` }),
      ...(node.labels.size === 0 ? {} : { labels: Object.fromEntries(node.labels) }),
      ...taintsOf(node, isFirst),
      ...(isFirst && nodePorts.length > 0 ? { extraPortMappings: nodePorts.map(mapping) } : {}),
    };
  });
  namesOf(nodes, name).forEach((made, index) => {
    const drawn = nodes[index]!.name;
    if (made !== drawn)
      notes.push({ id: 'cluster.nodeName', kind: 'changed', file: '', line: 0, params: { drawn, made } });
  });
  const config = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', name, nodes: written };
  const commands = ['kind create cluster --config kind.yaml', 'kubectl apply -R -f manifests/'];
  return { files: [clusterFile('kind.yaml', commands, writeObject(config))], notes };
}

/** A control plane keeps the taint that kubeadm gives it unless the drawing says which it has. */
function taintsOf(node: DrawnNode, isFirst: boolean): JsonObject {
  if (node.taints.length === 0) return {};
  const kind = isFirst ? 'InitConfiguration' : 'JoinConfiguration';
  const taints: JsonValue = node.taints;
  return { kubeadmConfigPatches: [writeObject({ kind, nodeRegistration: { taints } })] };
}

function mapping({ port, protocol }: DrawnCluster['nodePorts'][number]): JsonObject {
  return { containerPort: port, hostPort: port, ...(protocol === 'TCP' ? {} : { protocol }) };
}

/** The names that kind gives: `NAME-control-plane`, `NAME-worker`, `NAME-worker2`. */
function namesOf(nodes: readonly DrawnNode[], cluster: string): readonly string[] {
  const counts = new Map<string, number>();
  return nodes.map(({ isControlPlane }) => {
    const role = isControlPlane ? 'control-plane' : 'worker';
    const count = (counts.get(role) ?? 0) + 1;
    counts.set(role, count);
    return `${cluster}-${role}${count === 1 ? '' : count}`;
  });
}

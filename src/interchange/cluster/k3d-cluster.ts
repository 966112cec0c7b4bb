import type { JsonObject } from '../../base/json.ts';
import { writeObject } from '../../manifest/write.ts';
import type { Conversion, Note } from '../note.ts';
import type { DrawnCluster, DrawnNode } from './drawn-nodes.ts';
import { clusterFile, sayCapacity, taintText } from './cluster-file.ts';

/**
 * The drawn Nodes as a cluster of k3d: servers and agents, with labels, taints and the Node ports that the design names.
 * Source: pkg/config/v1alpha5/types.go of k3d-io/k3d.
 */
export function k3dCluster(cluster: DrawnCluster, name: string): Conversion {
  const { nodes, nodePorts } = cluster;
  const servers = nodes.filter(({ isControlPlane }) => isControlPlane);
  const agents = nodes.filter(({ isControlPlane }) => !isControlPlane);
  const filters = new Map<DrawnNode, string>([
    ...servers.map((node, index): [DrawnNode, string] => [node, `server:${index}`]),
    ...agents.map((node, index): [DrawnNode, string] => [node, `agent:${index}`]),
  ]);
  const nodeLabels = nodes.flatMap((node) =>
    [...node.labels].map(([key, value]) => ({ label: `${key}=${value}`, nodeFilters: [filters.get(node)!] })),
  );
  const extraArgs = nodes.flatMap((node) =>
    node.taints.map((taint) => ({ arg: `--node-taint=${taintText(taint)}`, nodeFilters: [filters.get(node)!] })),
  );
  const memory = (group: readonly DrawnNode[]): string | undefined => sameMemory(group);
  const runtime: JsonObject = {
    ...(memory(servers) === undefined ? {} : { serversMemory: memory(servers)! }),
    ...(memory(agents) === undefined ? {} : { agentsMemory: memory(agents)! }),
  };
  const options: JsonObject = {
    ...(extraArgs.length + nodeLabels.length === 0
      ? {}
      : {
          k3s: { ...(extraArgs.length === 0 ? {} : { extraArgs }), ...(nodeLabels.length === 0 ? {} : { nodeLabels }) },
        }),
    ...(Object.keys(runtime).length === 0 ? {} : { runtime }),
  };
  const config: JsonObject = {
    apiVersion: 'k3d.io/v1alpha5',
    kind: 'Simple',
    metadata: { name },
    servers: servers.length,
    agents: agents.length,
    ...(nodePorts.length === 0
      ? {}
      : {
          ports: nodePorts.map(({ port, protocol }) => ({
            port: `${port}:${port}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`,
            nodeFilters: ['server:0'],
          })),
        }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  const notes: Note[] = [...cluster.notes, ...sayCapacity(withoutTold(cluster, runtime))];
  for (const [node, filter] of filters) {
    const made = `k3d-${name}-${filter.replace(':', '-')}`;
    if (made !== node.name)
      notes.push({ id: 'cluster.nodeName', kind: 'changed', file: '', line: 0, params: { drawn: node.name, made } });
  }
  const versions = new Set(nodes.flatMap(({ version }) => version ?? []));
  for (const version of versions)
    notes.push({ id: 'cluster.version', kind: 'lost', file: '', line: 0, params: { version } });
  const commands = ['k3d cluster create --config k3d.yaml', 'kubectl apply -R -f manifests/'];
  return { files: [clusterFile('k3d.yaml', commands, writeObject(config))], notes };
}

/** One size for all servers, and one for all agents, in the units that Docker reads (`8g`). */
function sameMemory(nodes: readonly DrawnNode[]): string | undefined {
  const sizes = new Set(nodes.map(({ memory }) => memory));
  const [size] = sizes;
  const match = sizes.size === 1 && size !== undefined ? /^(\d+)(Mi|Gi)$/.exec(size) : null;
  return match ? `${match[1]}${match[2] === 'Gi' ? 'g' : 'm'}` : undefined;
}

/** Sizes that the file says are not lost; processors are. */
function withoutTold(cluster: DrawnCluster, runtime: JsonObject): DrawnCluster {
  return {
    ...cluster,
    nodes: cluster.nodes.map((node) =>
      runtime[node.isControlPlane ? 'serversMemory' : 'agentsMemory'] === undefined
        ? node
        : { ...node, memory: undefined },
    ),
  };
}

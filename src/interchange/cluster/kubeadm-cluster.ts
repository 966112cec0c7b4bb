import type { JsonObject } from '../../base/json.ts';
import { writeObject } from '../../manifest/write.ts';
import type { Conversion, ConvertedFile, Note } from '../note.ts';
import type { DrawnCluster, DrawnNode } from './drawn-nodes.ts';
import { clusterFile } from './cluster-file.ts';

const API_VERSION = 'kubeadm.k8s.io/v1beta4';
/** The pinned release; a Node that says its own goes before it. */
const VERSION = 'v1.36.2';

/**
 * The drawn Nodes as kubeadm's configuration: the first control plane begins the cluster, every other Node has a file of its
 * own to join with. Source: kubeadm API v1beta4, kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4, 1.36.
 */
export function kubeadmCluster(cluster: DrawnCluster, name: string): Conversion {
  const [first, ...others] = cluster.nodes as readonly [DrawnNode, ...DrawnNode[]];
  const controlPlanes = cluster.nodes.filter(({ isControlPlane }) => isControlPlane).length;
  const endpoint = `${controlPlanes > 1 ? `${name}-api` : first.name}:6443`;
  const notes: Note[] = [...cluster.notes];
  const say = (id: Note['id'], params: Note['params']): void =>
    void notes.push({ id, kind: 'changed', file: '', line: 0, params });
  if (controlPlanes > 1) say('cluster.endpoint', { endpoint });
  if (cluster.etcdNodes.length > 0) say('cluster.etcd', { nodes: cluster.etcdNodes.join(', ') });
  if (others.length > 0) say('cluster.token', {});
  const configuration: JsonObject = {
    apiVersion: API_VERSION,
    kind: 'ClusterConfiguration',
    clusterName: name,
    kubernetesVersion: first.version ?? VERSION,
    ...(controlPlanes > 1 ? { controlPlaneEndpoint: endpoint } : {}),
    ...(cluster.etcdNodes.length === 0 ? {} : { etcd: { external: externalEtcd(cluster.etcdNodes) } }),
  };
  const init = { apiVersion: API_VERSION, kind: 'InitConfiguration', nodeRegistration: registrationOf(first) };
  const commands = [
    `on ${first.name}: kubeadm init --config kubeadm-init.yaml${controlPlanes > 1 ? ' --upload-certs' : ''}`,
    'on every other: kubeadm join --config kubeadm-join-NAME.yaml',
  ];
  const files: ConvertedFile[] = [
    clusterFile('kubeadm-init.yaml', commands, `${writeObject(init)}---\n${writeObject(configuration)}`),
    ...others.map((node) => joinFile(node, endpoint)),
  ];
  return { files, notes };
}

function externalEtcd(nodes: readonly string[]): JsonObject {
  return {
    endpoints: nodes.map((node) => `https://${node}:2379`),
    caFile: '/etc/kubernetes/pki/etcd/ca.crt',
    certFile: '/etc/kubernetes/pki/apiserver-etcd-client.crt',
    keyFile: '/etc/kubernetes/pki/apiserver-etcd-client.key',
  };
}

function registrationOf(node: DrawnNode): JsonObject {
  const labels = [...node.labels].map(([key, value]) => `${key}=${value}`).join(',');
  return {
    name: node.name,
    // A worker has no taints unless drawn; a control plane whose taints are not drawn keeps kubeadm's own.
    ...(node.taints.length > 0 ? { taints: node.taints } : {}),
    ...(labels === '' ? {} : { kubeletExtraArgs: [{ name: 'node-labels', value: labels }] }),
  };
}

function joinFile(node: DrawnNode, endpoint: string): ConvertedFile {
  const join = {
    apiVersion: API_VERSION,
    kind: 'JoinConfiguration',
    nodeRegistration: registrationOf(node),
    discovery: {
      bootstrapToken: { apiServerEndpoint: endpoint, token: 'TOKEN', caCertHashes: ['sha256:HASH'] },
    },
    ...(node.isControlPlane ? { controlPlane: { certificateKey: 'CERTIFICATE-KEY' } } : {}),
  };
  const words = ['kubeadm init prints what belongs in the places in capitals'];
  return clusterFile(`kubeadm-join-${node.name}.yaml`, words, writeObject(join));
}

import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readFileSync } from 'node:fs';
import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles } from '../../design/import.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import { drawnCluster } from './drawn-nodes.ts';
import { k3dCluster } from './k3d-cluster.ts';
import { kindCluster } from './kind-cluster.ts';
import { kubeadmCluster } from './kubeadm-cluster.ts';

const cluster = (text: string) =>
  drawnCluster(addFiles(EMPTY_DESIGN, [readManifest('nodes.yaml', text)], BUILT_IN_KINDS), BUILT_IN_KINDS);
const template = (name: string) =>
  readFileSync(new URL(`../../../templates/architectures/${name}/design.yaml`, import.meta.url), 'utf8');
const documents = (text: string): unknown[] => parseAllDocuments(text).map((document) => document.toJS() as unknown);

const NODES = `apiVersion: v1
kind: Node
metadata: {name: w1, labels: {disk: ssd, topology.kubernetes.io/zone: a, node-role.kubernetes.io/gpu: "", kubernetes.io/hostname: w1}}
spec: {taints: [{key: gpu, value: "yes", effect: NoSchedule}]}
status: {capacity: {cpu: "4", memory: 8Gi}, nodeInfo: {kubeletVersion: v1.35.1}}
---
apiVersion: v1
kind: Node
metadata: {name: cp, labels: {node-role.kubernetes.io/control-plane: ""}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}, {port: 53, protocol: UDP, nodePort: 30053}]}
`;

describe('a cluster to run a design on', () => {
  it('is a Cluster of kind', () => {
    const { files, notes } = kindCluster(cluster(NODES), 'drydock');
    const [file] = files;
    expect(file!.content.split('\n').slice(0, 2)).toEqual([
      '# kind create cluster --config kind.yaml',
      '# kubectl apply -R -f manifests/',
    ]);
    expect(documents(file!.content)).toEqual([
      {
        kind: 'Cluster',
        apiVersion: 'kind.x-k8s.io/v1alpha4',
        name: 'drydock',
        nodes: [
          {
            role: 'control-plane',
            extraPortMappings: [
              { containerPort: 30080, hostPort: 30080 },
              { containerPort: 30053, hostPort: 30053, protocol: 'UDP' },
            ],
          },
          {
            role: 'worker',
            image: 'kindest/node:v1.35.1',
            labels: { disk: 'ssd', 'topology.kubernetes.io/zone': 'a' },
            kubeadmConfigPatches: [
              'kind: JoinConfiguration\nnodeRegistration:\n  taints:\n  - key: gpu\n    value: "yes"\n    effect: NoSchedule\n',
            ],
          },
        ],
      },
    ]);
    expect(notes.map(({ id, line, params }) => [id, line, Object.values(params).join(' ')])).toEqual([
      ['cluster.label', 1, 'w1 node-role.kubernetes.io/gpu='],
      ['cluster.capacity', 0, 'w1 4 CPU, 8Gi'],
      ['cluster.nodeName', 0, 'cp drydock-control-plane'],
      ['cluster.nodeName', 0, 'w1 drydock-worker'],
    ]);
  });

  it('is a configuration of k3d', () => {
    const { files, notes } = k3dCluster(cluster(NODES), 'drydock');
    expect(documents(files[0]!.content)).toEqual([
      {
        apiVersion: 'k3d.io/v1alpha5',
        kind: 'Simple',
        metadata: { name: 'drydock' },
        servers: 1,
        agents: 1,
        ports: [
          { port: '30080:30080', nodeFilters: ['server:0'] },
          { port: '30053:30053/udp', nodeFilters: ['server:0'] },
        ],
        options: {
          k3s: {
            extraArgs: [{ arg: '--node-taint=gpu=yes:NoSchedule', nodeFilters: ['agent:0'] }],
            nodeLabels: [
              { label: 'disk=ssd', nodeFilters: ['agent:0'] },
              { label: 'topology.kubernetes.io/zone=a', nodeFilters: ['agent:0'] },
            ],
          },
          runtime: { agentsMemory: '8g' },
        },
      },
    ]);
    expect(notes.map(({ id }) => id)).toContain('cluster.version');
  });

  it('is kubeadm’s configuration, one file a Node', () => {
    const { files, notes } = kubeadmCluster(cluster(template('ha-stacked')), 'drydock');
    expect(files.map(({ path }) => path)).toEqual([
      'kubeadm-init.yaml',
      'kubeadm-join-control-plane-b.yaml',
      'kubeadm-join-control-plane-c.yaml',
      'kubeadm-join-worker-a.yaml',
      'kubeadm-join-worker-b.yaml',
      'kubeadm-join-worker-c.yaml',
    ]);
    const [init, configuration] = documents(files[0]!.content);
    expect(init).toMatchObject({
      kind: 'InitConfiguration',
      nodeRegistration: {
        name: 'control-plane-a',
        taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
        kubeletExtraArgs: [{ name: 'node-labels', value: 'topology.kubernetes.io/zone=zone-a' }],
      },
    });
    expect(configuration).toMatchObject({ controlPlaneEndpoint: 'drydock-api:6443', kubernetesVersion: 'v1.36.2' });
    expect(documents(files[1]!.content)[0]).toHaveProperty('controlPlane');
    expect(documents(files[3]!.content)[0]).not.toHaveProperty('controlPlane');
    // The role that `kubectl get nodes` shows of a worker is no label that its kubelet may set.
    expect(new Set(notes.map(({ id }) => id))).toEqual(new Set(['cluster.label', 'cluster.endpoint', 'cluster.token']));
  });

  it('keeps etcd apart where it is drawn apart', () => {
    const { files } = kubeadmCluster(cluster(template('ha-external-etcd')), 'drydock');
    const [, configuration] = documents(files[0]!.content) as { etcd?: { external: { endpoints: string[] } } }[];
    expect(configuration?.etcd?.external.endpoints.length).toBe(3);
    expect(files.some(({ path }) => path.includes('etcd'))).toBe(false);
  });

  it('takes the Nodes of a rehearsal where none is drawn', () => {
    const { files, notes } = kindCluster(cluster('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'), 'x');
    expect(documents(files[0]!.content)).toMatchObject([
      { nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }, { role: 'worker' }] },
    ]);
    expect(notes[0]?.id).toBe('cluster.noNodes');
  });
});

import { formatGroupKind, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, isJsonObject, numberAt, stringAt } from '../../base/json.ts';
import type { Design, DesignRecord } from '../../design/design.ts';
import { recordLines } from '../../design/records.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { assumedNodeObjects, assumedNodesOf } from '../../scene/cluster/assumed-nodes.ts';
import type { Note, NoteId } from '../note.ts';

/** A Node of the design as a tool that makes clusters wants it. */
export interface DrawnNode {
  readonly name: string;
  readonly isControlPlane: boolean;
  /** Labels that a kubelet may give itself. */
  readonly labels: ReadonlyMap<string, string>;
  readonly taints: readonly JsonObject[];
  readonly memory: string | undefined;
  readonly cpu: string | undefined;
  /** `v1.36.2`, where the Node says it. */
  readonly version: string | undefined;
}

export interface DrawnCluster {
  readonly nodes: readonly DrawnNode[];
  /** Ports of Services that every Node answers on. */
  readonly nodePorts: readonly { readonly port: number; readonly protocol: string }[];
  /** Names of Nodes that run etcd and no API server. */
  readonly etcdNodes: readonly string[];
  readonly notes: readonly Note[];
}

const CONTROL_PLANE = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/;

/** What the kubelet and the tools set themselves. */
const SET_BY_OTHERS = new Set([
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);

/**
 * Labels of Kubernetes' own namespaces that a kubelet may give its Node.
 * Source: staging/src/k8s.io/kubelet/pkg/apis/well_known_labels.go, 1.36.
 */
const KUBELET_LABELS = new Set([
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'beta.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
]);

function mayKubeletSet(label: string): boolean {
  const [prefix, name] = label.split('/');
  if (name === undefined || !/(?:^|\.)(?:kubernetes|k8s)\.io$/.test(prefix!)) return true;
  return KUBELET_LABELS.has(label) || /(?:^|\.)(?:kubelet|node)\.kubernetes\.io$/.test(prefix!);
}

/** The Nodes of a design, control planes first; those of a rehearsal where none is drawn. */
export function drawnCluster(design: Design, registry: KindRegistry): DrawnCluster {
  const records = [...design.records.values()];
  const lines = recordLines(design);
  const notes: Note[] = [];
  const say = (id: NoteId, record: DesignRecord, params: Note['params']): void =>
    void notes.push({ id, kind: 'lost', file: record.file, line: lines.get(record.id) ?? 0, params });
  const of = (kind: string): readonly DesignRecord[] =>
    records.filter(({ object }) => formatGroupKind(groupVersionKindOf(object)) === kind);
  const drawn = of('Node').map((record) => nodeOf(record.object, (params) => say('cluster.label', record, params)));
  const controlPlaneHosts = hostsOf(of('Pod'), 'kube-apiserver');
  const etcdNodes = hostsOf(of('Pod'), 'etcd').filter((name) => !controlPlaneHosts.includes(name));
  const nodes = drawn
    .filter(({ name }) => !etcdNodes.includes(name))
    .map((node) => ({ ...node, isControlPlane: node.isControlPlane || controlPlaneHosts.includes(node.name) }));
  if (drawn.length === 0) {
    const assumed = assumedNodeObjects(assumedNodesOf(design), registry);
    nodes.push(...assumed.map((object) => nodeOf(object, () => undefined)));
    notes.push({ id: 'cluster.noNodes', kind: 'changed', file: '', line: 0, params: { workers: assumed.length - 1 } });
  }
  if (!nodes.some(({ isControlPlane }) => isControlPlane)) nodes.unshift(plainNode('control-plane', true));
  return {
    nodes: [
      ...nodes.filter(({ isControlPlane }) => isControlPlane),
      ...nodes.filter(({ isControlPlane }) => !isControlPlane),
    ],
    nodePorts: of('Service').flatMap(({ object }) =>
      arrayAt(object, 'spec', 'ports').flatMap((port) => {
        const number = numberAt(port, 'nodePort');
        return number === undefined ? [] : [{ port: number, protocol: stringAt(port, 'protocol') ?? 'TCP' }];
      }),
    ),
    etcdNodes,
    notes,
  };
}

function plainNode(name: string, isControlPlane: boolean): DrawnNode {
  return { name, isControlPlane, labels: new Map(), taints: [], memory: undefined, cpu: undefined, version: undefined };
}

function nodeOf(object: KubernetesObject, say: (params: Note['params']) => void): DrawnNode {
  const labels = new Map<string, string>();
  let isControlPlane = false;
  for (const [label, value] of labelsOf(object)) {
    if (CONTROL_PLANE.test(label)) isControlPlane = true;
    else if (SET_BY_OTHERS.has(label)) continue;
    else if (mayKubeletSet(label)) labels.set(label, value);
    else say({ node: nameOf(object), label: value === '' ? `${label}=` : `${label}=${value}` });
  }
  return {
    name: nameOf(object),
    isControlPlane,
    labels,
    taints: arrayAt(object, 'spec', 'taints').filter(isJsonObject),
    memory: stringAt(object, 'status', 'capacity', 'memory'),
    cpu: stringAt(object, 'status', 'capacity', 'cpu'),
    version: stringAt(object, 'status', 'nodeInfo', 'kubeletVersion'),
  };
}

/** Nodes on which Pods of a part of the control plane stand. */
function hostsOf(pods: readonly DesignRecord[], component: string): readonly string[] {
  return pods.flatMap(({ object }) => {
    const node = stringAt(object, 'spec', 'nodeName');
    return node !== undefined && labelsOf(object).get('component') === component ? [node] : [];
  });
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { taintsOf } from '../../apimachinery/taints.ts';
import { objectAt, stringAt } from '../../base/json.ts';
import { nodeShouldRun } from '../controllers/daemonset/nodes.ts';
import { podFromTemplate } from '../controllers/workload/pod-control.ts';
import { readySinceMs } from '../controllers/workload/pod-state.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import { nodeInfoOf } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import { podInfoOf } from '../scheduler/pod-info.ts';
import type { NodePool } from './node-pool.ts';
import { nodeOfPool } from './node-pool.ts';
import { isMirror, isOfDaemonSet } from './pod-groups.ts';
import { isNodeReady } from './readiness.ts';

/** Source: cluster-autoscaler/utils/taints/taints.go, 1.36.1. */
export const TO_BE_DELETED = 'ToBeDeletedByClusterAutoscaler';
export const DELETION_CANDIDATE = 'DeletionCandidateOfClusterAutoscaler';
const IGNORED_PREFIXES = ['ignore-taint', 'startup-taint', 'status-taint'].map(
  (word) => `${word}.cluster-autoscaler.kubernetes.io/`,
);
const OF_CONDITIONS = [
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
  'node.kubernetes.io/unschedulable',
  'node.kubernetes.io/memory-pressure',
  'node.kubernetes.io/disk-pressure',
  'node.kubernetes.io/network-unavailable',
  'node.kubernetes.io/pid-pressure',
  'node.cloudprovider.kubernetes.io/uninitialized',
  'node.cloudprovider.kubernetes.io/shutdown',
];

/** Source: cluster-autoscaler/processors/nodeinfosprovider/mixed_nodeinfos_processor.go `stabilizationDelay`, 1.36.1. */
const STABLE_AFTER_MS = 60_000;

/** Nodes as a pool would have them, with the Pods that each would begin with. */
export interface Template {
  readonly pool: NodePool;
  readonly info: NodeInfo;
}

/**
 * The template of a pool: a Node of it that has been ready for a minute, with the daemons that run there; where there is
 * none, what the cloud says, with the daemons that would run there.
 * Source: cluster-autoscaler/processors/nodeinfosprovider/mixed_nodeinfos_processor.go,
 * cluster-autoscaler/simulator/node_info_utils.go, 1.36.1.
 */
export function templateOf(
  pool: NodePool,
  nodes: readonly NodeInfo[],
  daemonSets: readonly KubernetesObject[],
  nowMs: number,
): Template {
  const example = nodes.find((info) => isGoodExample(info, nowMs));
  const name = `template-node-for-${pool.name}`;
  if (example !== undefined) {
    const pods = [...example.pods].filter((pod) => !isBeingDeleted(pod.pod) && (isMirror(pod) || isOfDaemonSet(pod)));
    return { pool, info: freshInfo(sanitized(example.node, name), pods) };
  }
  const node = sanitized(nodeOfPool(pool, 1), name);
  const daemons = daemonSets.filter((set) => nodeShouldRun(set, node).shouldRun).map(daemonOf);
  return { pool, info: freshInfo(node, daemons) };
}

/** Another Node like the template, with Pods of its own. */
export function nodeLike({ node, pods }: NodeInfo, name: string): NodeInfo {
  return freshInfo(renamed(node, name), [...pods]);
}

function freshInfo(node: KubernetesObject, pods: readonly PodInfo[]): NodeInfo {
  const name = nameOf(node);
  return nodeInfoOf(
    node,
    pods.map((pod) => Object.freeze({ ...pod, uid: `${pod.uid}@${name}`, key: `${pod.key}@${name}` })),
  );
}

function isGoodExample({ node, isUnschedulable, taints }: NodeInfo, nowMs: number): boolean {
  const since = readySinceMs(node);
  const isStable = since !== undefined && since + STABLE_AFTER_MS < nowMs;
  const isGoing = taints.some((taint) => stringAt(taint, 'key') === TO_BE_DELETED);
  return isNodeReady(node) && isStable && !isUnschedulable && !isGoing;
}

function sanitized(node: KubernetesObject, name: string): KubernetesObject {
  const taints = taintsOf(node).filter((taint) => !isIgnored(stringAt(taint, 'key') ?? ''));
  const { taints: _, unschedulable: __, ...spec } = objectAt(node, 'spec') ?? {};
  return renamed({ ...node, spec: taints.length === 0 ? spec : { ...spec, taints } }, name);
}

/** Source: cluster-autoscaler/utils/taints/taints.go `SanitizeTaints`, 1.36.1. */
function isIgnored(key: string): boolean {
  return (
    key === TO_BE_DELETED ||
    key === DELETION_CANDIDATE ||
    OF_CONDITIONS.includes(key) ||
    IGNORED_PREFIXES.some((prefix) => key.startsWith(prefix))
  );
}

function renamed(node: KubernetesObject, name: string): KubernetesObject {
  const metadata = objectAt(node, 'metadata');
  const labels = { ...objectAt(metadata, 'labels'), 'kubernetes.io/hostname': name };
  return { ...node, metadata: { ...metadata, name, uid: name, labels } };
}

function daemonOf(set: KubernetesObject): PodInfo {
  const pod = podFromTemplate(set, objectAt(set, 'spec', 'template'));
  const metadata = {
    ...objectAt(pod, 'metadata'),
    name: nameOf(set),
    namespace: namespaceOf(set) ?? '',
    uid: uidOf(set),
  };
  return podInfoOf({ ...pod, metadata });
}

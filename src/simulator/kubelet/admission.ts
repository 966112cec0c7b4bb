import type { KubernetesObject } from '../../apimachinery/object.ts';
import { matchesRequiredNodeAffinity } from '../../apimachinery/node-selector.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { findUntoleratedTaint, tolerationsOf } from '../../apimachinery/taints.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import { isExtendedResourceName } from '../../kinds/shared/validation/resource-names.ts';
import type { Context } from '../component.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import { withPod } from '../scheduler/node-info.ts';
import { requiredOf } from '../scheduler/plugins/node-affinity.ts';
import { hasFreePorts } from '../scheduler/plugins/node-ports.ts';
import { amountOf } from '../scheduler/plugins/node-resources/scored-resources.ts';
import type { Amounts, PodInfo } from '../scheduler/pod-info.ts';
import { podInfoOf } from '../scheduler/pod-info.ts';
import { pressureRejection } from './eviction/pressure-rejection.ts';
import { shutdownRejection } from './nodeshutdown/nodeshutdown.ts';
import type { PodRecord } from './pod-record.ts';
import type { Requirement } from './preemption/preemption.ts';
import { endableBeside, preempt, recoveryOf } from './preemption/preemption.ts';
import { setStatus } from './status-manager.ts';
import type { KubeletState } from './state.ts';
import { tell } from './state.ts';

/** Why a Node does not take a Pod. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
  /** What the Node has too little of. */
  readonly lacks?: Requirement;
}

/**
 * Whether the Node takes a Pod beside those that it has; undefined where it does.
 * Source: pkg/kubelet/lifecycle/predicate.go `Admit`, 1.36.
 */
export function admit(pod: KubernetesObject, node: NodeInfo): Rejection | undefined {
  return osRejection(pod, node) ?? rejectionsOf(pod, node)[0];
}

function osRejection(pod: KubernetesObject, node: NodeInfo): Rejection | undefined {
  const ownOs = node.labels.get('kubernetes.io/os') ?? 'linux';
  const labelled = labelsOf(pod).get('kubernetes.io/os');
  if (labelled !== undefined && labelled !== ownOs) {
    const message = "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label";
    return { reason: 'PodOSSelectorNodeLabelDoesNotMatch', message };
  }
  if ((nameAt(pod, 'spec', 'os', 'name') ?? 'linux') !== 'linux') {
    const message = "Failed to admit pod as the OS field doesn't match node OS";
    return { reason: 'PodOSNotSupported', message };
  }
  return undefined;
}

/** Everything that speaks against a Pod. Source: pkg/kubelet/lifecycle/predicate.go `generalFilter`, 1.36. */
export function rejectionsOf(pod: KubernetesObject, node: NodeInfo): readonly Rejection[] {
  const info = podInfoOf(pod);
  return [...insufficient(info, node), ...unmatched(info, node)];
}

const PLAIN = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * Resources of which the Node has not enough left; extended resources that it does not know do not count.
 * Source: pkg/scheduler/framework/plugins/noderesources/fit.go `fitsRequest`, 1.36.
 */
function insufficient({ requests }: PodInfo, node: NodeInfo): readonly Rejection[] {
  const found: Rejection[] = [];
  const { pods, allowedPods } = node;
  if (pods.length + 1 > allowedPods) found.push(shortOf('pods', 1, pods.length, allowedPods));
  for (const name of [...PLAIN, ...scalarsOf(requests, node.allocatable)]) {
    const [wanted, used, has] = [requests, node.requested, node.allocatable].map((amounts) => amountOf(amounts, name));
    if (wanted === undefined || used === undefined || has === undefined) continue;
    if (wanted > 0 && wanted > has - used) found.push(shortOf(name, wanted, used, has));
  }
  return found;
}

function scalarsOf({ scalar }: Amounts, allocatable: Amounts): readonly string[] {
  const known = (name: string) => !isExtendedResourceName(name) || allocatable.scalar?.has(name) === true;
  return [...(scalar?.keys() ?? [])].filter(known);
}

function shortOf(name: string, requested: number, used: number, capacity: number): Rejection {
  const message = `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`;
  return { reason: `OutOf${name}`, message, lacks: { resource: name, amount: requested - (capacity - used) } };
}

function unmatched(info: PodInfo, node: NodeInfo): readonly Rejection[] {
  const { pod } = info;
  const found: Rejection[] = [];
  if (!matchesRequiredNodeAffinity(requiredOf(pod), { name: node.name, labels: node.labels }))
    found.push(failedPredicate('NodeAffinity', AFFINITY));
  const wanted = nameAt(pod, 'spec', 'nodeName');
  if (wanted !== undefined && wanted !== node.name)
    found.push(failedPredicate('NodeName', "node(s) didn't match the requested node name"));
  if (!hasFreePorts(info.hostPorts, node.podsWithPorts))
    found.push(failedPredicate('NodePorts', "node(s) didn't have free ports for the requested pod ports"));
  const isStatic = stringAt(pod, 'metadata', 'annotations', 'kubernetes.io/config.source') === 'file';
  if (!isStatic && findUntoleratedTaint(node.taints, tolerationsOf(pod), isNoExecute) !== undefined)
    found.push(failedPredicate('TaintToleration', "node(s) had taints that the pod didn't tolerate"));
  return found;
}

function isNoExecute(taint: unknown): boolean {
  return stringAt(taint, 'effect') === 'NoExecute';
}

const AFFINITY = "node(s) didn't match Pod's node affinity/selector";

function failedPredicate(reason: string, why: string): Rejection {
  return { reason, message: `Predicate ${reason} failed: ${why}` };
}

/**
 * A critical Pod is not refused for want of room: others are ended for it.
 * Source: pkg/kubelet/lifecycle/predicate.go `Admit`, pkg/kubelet/preemption/preemption.go `HandleAdmissionFailure`, 1.36.2.
 */
function rejectionAfterPreemption(state: KubeletState, record: PodRecord, context: Context): Rejection | undefined {
  const { pod } = record;
  const other = pressureRejection(pod, state.pressure.conditions) ?? osRejection(pod, state.node);
  if (other !== undefined) return other;
  const reasons = rejectionsOf(pod, state.node);
  const shutdown = shutdownRejection(state);
  if (reasons.length === 0) return shutdown;
  const beside = endableBeside(state, record);
  const recovery = recoveryOf(
    pod,
    reasons,
    beside.map(({ pod: own }) => own),
  );
  if (recovery.type === 'rejected') return recovery.reasons[0];
  if (recovery.type === 'preempts') {
    if (shutdown !== undefined) return shutdown;
    const victims = beside.filter(({ pod: own }) => recovery.pods.includes(own));
    preempt(state, record, victims, context);
    return undefined;
  }
  const message = `Unexpected error while attempting to recover from admission failure: ${recovery.problem}`;
  return { reason: 'UnexpectedAdmissionError', message };
}

/** A Pod comes to the Node: it is taken, or it fails at once. True where it is taken. */
export function admitPod(state: KubeletState, record: PodRecord, context: Context): boolean {
  const rejection = rejectionAfterPreemption(state, record, context);
  const detail = rejection === undefined ? {} : { rejection: rejection.reason };
  context.note({ class: 'internal', verb: 'admit', object: `Pod/${record.key}`, detail });
  if (rejection === undefined) {
    state.node = withPod(state.node, podInfoOf(record.pod));
    return true;
  }
  record.isRejected = true;
  record.stage = 'terminated';
  const { reason, message } = rejection;
  tell(state, record, 'Warning', reason, message, context);
  setStatus(state, record, { phase: 'Failed', reason, message: `Pod was rejected: ${message}` }, context);
  return false;
}

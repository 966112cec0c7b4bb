import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { qosClassOf } from '../../../apimachinery/qos-class.ts';
import type { JsonValue } from '../../../base/json.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import type { Context } from '../../component.ts';
import { amountOf } from '../../scheduler/plugins/node-resources/scored-resources.ts';
import { podInfoOf } from '../../scheduler/pod-info.ts';
import type { PodRecord } from '../pod-record.ts';
import type { KubeletState } from '../state.ts';
import { tell } from '../state.ts';
import { wantSync } from '../worker-queue.ts';

/** So much of a resource is missing: millicores of CPU, bytes, or whole numbers. */
export interface Requirement {
  readonly resource: string;
  readonly amount: number;
}

const PREEMPTED = Object.freeze({
  reason: 'Preempting',
  message: 'Preempted in order to admit critical pod',
  condition: Object.freeze({
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'TerminationByKubelet',
    message: 'Pod was preempted by Kubelet to accommodate a critical pod.',
  }),
});

/** Source: pkg/apis/scheduling/types.go `SystemCriticalPriority`, 1.36.2. */
export const SYSTEM_CRITICAL = 2_000_000_000;
const SOURCE = 'kubernetes.io/config.source';
const MIRROR = 'kubernetes.io/config.mirror';

/** Source: pkg/kubelet/types/pod_update.go `IsCriticalPod`, 1.36.2. */
export function isCritical(pod: KubernetesObject): boolean {
  const annotation = (name: string): string => stringAt(pod, 'metadata', 'annotations', name) ?? '';
  const source = annotation(SOURCE);
  if ((source !== '' && source !== 'api') || annotation(MIRROR) !== '') return true;
  return (numberAt(pod, 'spec', 'priority') ?? -Infinity) >= SYSTEM_CRITICAL;
}

/** Source: pod_update.go `Preemptable`. */
function isPreemptable(preemptor: KubernetesObject, pod: KubernetesObject): boolean {
  if (isCritical(preemptor) && !isCritical(pod)) return true;
  const [own, other] = [preemptor, pod].map((one) => numberAt(one, 'spec', 'priority'));
  return own !== undefined && other !== undefined && own > other;
}

function requestOf(pod: KubernetesObject, resource: string): number {
  return resource === 'pods' ? 1 : (amountOf(podInfoOf(pod).requests, resource) ?? 0);
}

/** What is still missing once Pods are gone. Source: pkg/kubelet/preemption/preemption.go `subtract`, 1.36.2. */
export function subtract(
  requirements: readonly Requirement[],
  pods: readonly KubernetesObject[],
): readonly Requirement[] {
  return requirements.flatMap(({ resource, amount }) => {
    const left = pods.reduce((rest, pod) => rest - requestOf(pod, resource), amount);
    return left > 0 ? [{ resource, amount: left }] : [];
  });
}

/** How far a Pod is from what is missing: the sum of squares of the parts that it does not give. Source: `distance`. */
export function distance(requirements: readonly Requirement[], pod: KubernetesObject): number {
  return requirements.reduce((sum, { resource, amount }) => {
    const left = amount - requestOf(pod, resource);
    return left > 0 ? sum + (left / amount) * (left / amount) : sum;
  }, 0);
}

/** Source: preemption.go `smallerResourceRequest`. */
export function asksForLess(a: KubernetesObject, b: KubernetesObject): boolean {
  for (const resource of ['memory', 'cpu']) {
    const [left, right] = [requestOf(a, resource), requestOf(b, resource)];
    if (left !== right) return left < right;
  }
  return true;
}

/**
 * The Pods that have to go, as few and as small ones as can be found: best-effort Pods before burstable before guaranteed.
 * Undefined, with why, where no Pods would do. Source: preemption.go `getPodsToPreempt`.
 */
export function podsToPreempt(
  preemptor: KubernetesObject,
  pods: readonly KubernetesObject[],
  missing: readonly Requirement[],
): { readonly pods: readonly KubernetesObject[] } | { readonly problem: string } {
  const candidates = pods.filter((pod) => isPreemptable(preemptor, pod));
  const [bestEffort, burstable, guaranteed] = ['BestEffort', 'Burstable', 'Guaranteed'].map((wanted) =>
    candidates.filter((pod) => qosClassOf(pod as unknown as JsonValue) === wanted),
  ) as [KubernetesObject[], KubernetesObject[], KubernetesObject[]];
  const never = subtract(missing, candidates);
  if (never.length > 0) return { problem: `no set of running pods found to reclaim resources: ${inWords(never)}` };
  const ofGuaranteed = nearest(guaranteed, subtract(missing, [...bestEffort, ...burstable]));
  const ofBurstable = nearest(burstable, subtract(missing, [...bestEffort, ...ofGuaranteed]));
  const ofBestEffort = nearest(bestEffort, subtract(missing, [...ofBurstable, ...ofGuaranteed]));
  return { pods: [...ofBestEffort, ...ofBurstable, ...ofGuaranteed] };
}

/** Source: preemption.go `getPodsToPreemptByDistance`; what the others leave is never more than these have. */
function nearest(from: readonly KubernetesObject[], missing: readonly Requirement[]): readonly KubernetesObject[] {
  const pods = [...from];
  const chosen: KubernetesObject[] = [];
  for (let left = missing; left.length > 0 && pods.length > 0;) {
    let [best, at] = [left.length + 1, 0];
    for (const [index, pod] of pods.entries()) {
      const own = distance(left, pod);
      if (own < best || (own === best && asksForLess(pod, pods[at]!))) [best, at] = [own, index];
    }
    const pod = pods[at]!;
    left = subtract(left, [pod]);
    chosen.push(pod);
    pods[at] = pods.at(-1)!;
    pods.pop();
  }
  return chosen;
}

function inWords(requirements: readonly Requirement[]): string {
  return `[${requirements.map(({ resource, amount }) => `(res: ${resource}, q: ${amount}), `).join('')}]`;
}

/** What becomes of a Pod for which there is no room. */
export type Recovery<Reason> =
  | { readonly type: 'rejected'; readonly reasons: readonly Reason[] }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'preempts'; readonly pods: readonly KubernetesObject[] };

/**
 * A critical Pod is refused for everything but want of room, for which others are ended.
 * Source: preemption.go `HandleAdmissionFailure`.
 */
export function recoveryOf<Reason extends { readonly lacks?: Requirement }>(
  pod: KubernetesObject,
  reasons: readonly Reason[],
  pods: readonly KubernetesObject[],
): Recovery<Reason> {
  if (!isCritical(pod)) return { type: 'rejected', reasons };
  const others = reasons.filter(({ lacks }) => lacks === undefined);
  if (others.length > 0) return { type: 'rejected', reasons: others };
  const missing = reasons.flatMap(({ lacks }) => lacks ?? []);
  const found = podsToPreempt(pod, pods, missing);
  if ('pods' in found) return { type: 'preempts', pods: found.pods };
  return { type: 'failed', problem: `preemption: error finding a set of pods to preempt: ${found.problem}` };
}

/** Pods that run and could be ended. */
export function endableBeside(state: KubeletState, record: PodRecord): readonly PodRecord[] {
  return [...state.records.values()].filter(
    (other) => other !== record && other.stage === 'sync' && !other.isRejected && other.evicted === undefined,
  );
}

/** Ends Pods for another, which is begun when they are gone. Source: preemption.go `evictPodsToFreeRequests`. */
export function preempt(state: KubeletState, record: PodRecord, victims: readonly PodRecord[], context: Context): void {
  for (const victim of victims) {
    victim.evicted = PREEMPTED;
    tell(state, victim, 'Warning', PREEMPTED.reason, PREEMPTED.message, context);
    wantSync(state, victim, context);
  }
  record.waitsFor = victims.map(({ uid }) => uid);
}

/** A Pod has left the Node: a critical Pod that waited for it may begin. */
export function roomMade(state: KubeletState, { uid }: PodRecord, context: Context): void {
  for (const record of state.records.values()) {
    if (!record.waitsFor.includes(uid)) continue;
    record.waitsFor = record.waitsFor.filter((other) => other !== uid);
    if (record.waitsFor.length === 0) wantSync(state, record, context);
  }
}

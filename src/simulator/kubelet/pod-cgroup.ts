import { podLimits, podRequests } from '../../apimachinery/pod-resources.ts';
import { qosClassOf } from '../../apimachinery/qos-class.ts';
import { isZeroQuantity, milliValueOf, quantityOf, valueOf } from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import type { ResizableResource } from './resize-actions.ts';

/** What the cgroup of a Pod is set to; -1 where nothing limits it. */
export interface PodCgroup {
  readonly cpuShares: number;
  /** Microseconds of CPU in each period. */
  readonly cpuQuotaUs: number;
  readonly memoryBytes: number;
}

const UNLIMITED = -1;
/** Bounds of the kernel's, and what the kubelet makes of a CPU. Source: pkg/kubelet/cm/helpers_linux.go, 1.36. */
export const MIN_SHARES = 2;
const MAX_SHARES = 262_144;
const SHARES_PER_CPU = 1024;
const PERIOD_US = 100_000;
const MIN_QUOTA_US = 1000;
export const MIN_LIMIT_MILLI = 10;

/**
 * The cgroup that a Pod gets: a limit where every container has one, or the Pod itself.
 * Source: pkg/kubelet/cm/helpers_linux.go `ResourceConfigForPod`, 1.36.
 */
export function podCgroup(pod: JsonValue): PodCgroup {
  const [requests, limits] = [podRequests(pod), podLimits(pod)];
  const qosClass = qosClassOf(pod);
  const isLimited = (name: ResizableResource): boolean =>
    qosClass === 'Guaranteed' || (qosClass === 'Burstable' && isLimitDeclared(pod, name));
  return Object.freeze({
    cpuShares: qosClass === 'BestEffort' ? MIN_SHARES : sharesOf(milliOf(requests.get('cpu'))),
    cpuQuotaUs: isLimited('cpu') ? quotaOf(milliOf(limits.get('cpu'))) : UNLIMITED,
    memoryBytes: isLimited('memory') ? bytesOf(limits.get('memory')) : UNLIMITED,
  });
}

function isLimitDeclared(pod: JsonValue, name: ResizableResource): boolean {
  const isGiven = (...path: readonly [JsonValue, ...string[]]): boolean => {
    const quantity = quantityOf(valueAt(...path, 'limits', name));
    return quantity !== undefined && !isZeroQuantity(quantity);
  };
  if (isGiven(pod, 'spec', 'resources')) return true;
  const all = [...arrayAt(pod, 'spec', 'containers'), ...arrayAt(pod, 'spec', 'initContainers')];
  return all.every((container) => isGiven(container, 'resources'));
}

function milliOf(quantity: Quantity | undefined): number {
  return quantity === undefined ? 0 : Number(milliValueOf(quantity));
}

function bytesOf(quantity: Quantity | undefined): number {
  return quantity === undefined ? 0 : Number(valueOf(quantity));
}

function sharesOf(milli: number): number {
  return Math.min(MAX_SHARES, Math.max(MIN_SHARES, Math.floor((milli * SHARES_PER_CPU) / 1000)));
}

function quotaOf(milli: number): number {
  return milli === 0 ? 0 : Math.max(MIN_QUOTA_US, Math.floor((milli * PERIOD_US) / 1000));
}

const MAX_WEIGHT = 10_000;

/**
 * The cgroup as it is read again. cgroup v2 has 10,000 weights for 262,144 shares: what comes back of a small request is
 * less than what was set. Source: pkg/kubelet/cm/cgroup_manager_linux.go `getCPUWeight`, cgroup_v2_manager_linux.go
 * `cpuWeightToCPUShares`, 1.36.
 */
export function readBack<Set extends CgroupChange>(set: Set): Set {
  const { cpuShares: shares } = set;
  if (shares === undefined) return set;
  const range = MAX_SHARES - MIN_SHARES;
  const weight = shares >= MAX_SHARES ? MAX_WEIGHT : 1 + Math.floor(((shares - MIN_SHARES) * (MAX_WEIGHT - 1)) / range);
  const cpuShares = Math.floor(((weight - 1) * range) / (MAX_WEIGHT - 1)) + MIN_SHARES;
  return Object.freeze({ ...set, cpuShares });
}

/** Millicores; 0 for none. Source: pkg/kubelet/cm/helpers_linux.go `SharesToMilliCPU`, 1.36. */
export function milliOfShares(shares: number): number {
  return shares < MIN_SHARES ? 0 : Math.ceil((shares * 1000) / SHARES_PER_CPU);
}

/** Millicores; 0 for none. Source: pkg/kubelet/cm/helpers_linux.go `QuotaToMilliCPU`, 1.36. */
export function milliOfQuota(quotaUs: number): number {
  return quotaUs === UNLIMITED ? 0 : Math.floor((quotaUs * 1000) / PERIOD_US);
}

/** One write to the cgroup of a Pod. */
export type CgroupChange = Partial<PodCgroup>;

/** Around the changes of the containers: what grows is written before them, what shrinks after them. */
export interface CgroupChanges {
  readonly before: readonly CgroupChange[];
  readonly after: readonly CgroupChange[];
}

/**
 * What is written to the cgroup for one resource. Limits grow before requests, and shrink after them; a limit that is gone
 * stays as it was set. Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `doPodResizeAction`, 1.36.
 */
export function cgroupChanges(now: PodCgroup, wanted: PodCgroup, resource: ResizableResource): CgroupChanges {
  const field = resource === 'cpu' ? 'cpuQuotaUs' : 'memoryBytes';
  const limit = wanted[field] === UNLIMITED ? now[field] : wanted[field];
  const toLimit: CgroupChange = { [field]: limit };
  const toRequest: CgroupChange = { cpuShares: wanted.cpuShares };
  const requests = resource === 'cpu' ? Math.sign(wanted.cpuShares - now.cpuShares) : 0;
  return {
    before: [...(limit > now[field] ? [toLimit] : []), ...(requests > 0 ? [toRequest] : [])],
    after: [...(requests < 0 ? [toRequest] : []), ...(limit < now[field] ? [toLimit] : [])],
  };
}

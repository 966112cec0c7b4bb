import { podLimits, podRequests } from '../../apimachinery/pod-resources.ts';
import {
  formatQuantity,
  makeMilliQuantity,
  makeQuantity,
  milliValueOf,
  quantityOf,
} from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { PodCgroup } from './pod-cgroup.ts';
import { MIN_LIMIT_MILLI, MIN_SHARES, milliOfQuota, milliOfShares } from './pod-cgroup.ts';

/**
 * `status.resources`: of a Pod that runs what its cgroup has, before and after that what it was given.
 * Source: pkg/kubelet/kubelet_pods.go `convertToAPIPodLevelResourcesStatus`, 1.36.
 */
export function resourcesStatus(pod: JsonValue, before: JsonObject, cgroup: PodCgroup | undefined): JsonObject {
  const { requests: _requests, limits: _limits, ...others } = objectAt(pod, 'spec', 'resources') ?? {};
  const told = stringAt(pod, 'status', 'phase') === 'Running' ? running(pod, before, cgroup) : given(pod);
  const lists = Object.entries(told).filter(([, list]) => Object.keys(list).length > 0);
  return { ...others, ...Object.fromEntries(lists) };
}

type List = Record<string, JsonValue | undefined>;

interface Told {
  readonly requests: JsonObject;
  readonly limits: JsonObject;
}

function given(pod: JsonValue): Told {
  return { requests: listOf(podRequests(pod)), limits: listOf(podLimits(pod)) };
}

function running(pod: JsonValue, before: JsonObject, cgroup: PodCgroup | undefined): Told {
  const requests: List = { ...objectAt(pod, 'spec', 'resources', 'requests') };
  const limits: List = { ...objectAt(pod, 'spec', 'resources', 'limits') };
  const keep = (list: List, part: 'requests' | 'limits', name: string): void => {
    if (stringAt(before, 'phase') !== 'Running') return;
    const old = valueAt(before, 'resources', part, name);
    if (old !== undefined) list[name] = old;
  };
  // Of what is no more than the least that can be set, the value that was given is told.
  const tellCpu = (list: List, part: 'requests' | 'limits', milli: number, least: number): void => {
    if (milli === 0) keep(list, part, 'cpu');
    else if (milli > least || milliAt(list['cpu']) > least) list['cpu'] = milliText(milli);
  };
  tellCpu(requests, 'requests', cgroup === undefined ? 0 : milliOfShares(cgroup.cpuShares), MIN_SHARES);
  const memory = listOf(podRequests(pod))['memory'];
  if (requests['memory'] === undefined && memory !== undefined) requests['memory'] = memory;
  keep(requests, 'requests', 'memory');
  tellCpu(limits, 'limits', cgroup === undefined ? 0 : milliOfQuota(cgroup.cpuQuotaUs), MIN_LIMIT_MILLI);
  if (cgroup !== undefined && cgroup.memoryBytes > 0)
    limits['memory'] = formatQuantity(makeQuantity(BigInt(cgroup.memoryBytes), 'BinarySI'));
  else keep(limits, 'limits', 'memory');
  return { requests, limits };
}

function milliAt(value: JsonValue | undefined): number {
  const quantity = quantityOf(value);
  return quantity === undefined ? 0 : Number(milliValueOf(quantity));
}

function milliText(milli: number): string {
  return formatQuantity(makeMilliQuantity(BigInt(milli)));
}

export function listOf(list: ResourceList): JsonObject {
  return Object.fromEntries([...list].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

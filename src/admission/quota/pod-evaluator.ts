import type { KubernetesObject } from '../../apimachinery/object.ts';
import { hasPodLevelResources, podLimits, podRequests } from '../../apimachinery/pod-resources.ts';
import { qosClassOf } from '../../apimachinery/qos-class.ts';
import { makeQuantity } from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { addResources, resourceListOf } from '../../apimachinery/resource-list.ts';
import { parseTime } from '../../apimachinery/time.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { ClusterView } from '../cluster-view.ts';
import { containersIn } from '../pod-containers.ts';
import type { QuotaEvaluator, ScopeRequirement } from './quota-evaluator.ts';
import {
  REQUESTS_PREFIX,
  isDeviceOrExtendedResource,
  isExtendedResourceForQuota,
  objectCountName,
} from './resource-names.ts';
import { meetsScope } from './scopes.ts';

/** Source: pkg/quota/v1/evaluator/core/pods.go, 1.36. */
export const podEvaluator: QuotaEvaluator = {
  resource: 'pods',
  handles({ operation, subresource, object, oldObject }) {
    if (subresource === 'resize') return operation === 'UPDATE';
    if (subresource !== '') return false;
    return operation === 'CREATE' || (operation === 'UPDATE' && isTerminating(object) !== isTerminating(oldObject));
  },
  matchingResources(names) {
    const listed = [...new Set(names)].filter((name) => POD_RESOURCES.has(name)).sort(compareStrings);
    const others = names.filter((name) => isHugePages(name) || isExtendedResourceForQuota(name));
    return [...listed, ...others];
  },
  isInScope,
  missing,
  usage: podUsage,
};

const COUNT = objectCountName('pods');
const POD_RESOURCES: ReadonlySet<string> = new Set([
  COUNT,
  'pods',
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
]);
const HUGE_PAGES = 'hugepages-';

function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES) || name.startsWith(REQUESTS_PREFIX + HUGE_PAGES);
}

/** What every container must name where a quota counts it: a mistake, says upstream, that is kept for compatibility. */
const REQUIRED: ReadonlySet<string> = new Set(
  ['cpu', 'memory'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
);

function missing(counted: readonly string[], pod: KubernetesObject): string | undefined {
  if (hasPodLevelResources(pod)) return undefined;
  const required = [...new Set(counted)].filter((name) => REQUIRED.has(name)).sort(compareStrings);
  const containers = [...containersIn(pod, 'containers'), ...containersIn(pod, 'initContainers')].map((container) => ({
    name: stringAt(container, 'name') ?? '',
    usage: computeUsage(
      resourceListOf(valueAt(container, 'resources', 'requests')),
      resourceListOf(valueAt(container, 'resources', 'limits')),
    ),
  }));
  const words = required.flatMap((resource) => {
    const lacking = new Set(containers.filter(({ usage }) => !usage.has(resource)).map(({ name }) => name));
    return lacking.size === 0 ? [] : [`${resource} for: ${[...lacking].sort(compareStrings).join(',')}`];
  });
  return words.length === 0 ? undefined : `must specify ${words.join('; ')}`;
}

const ONE = makeQuantity(1n);

/** `podComputeUsageHelper`. */
function computeUsage(requests: ResourceList, limits: ResourceList): ResourceList {
  const result = new Map<string, Quantity>([['pods', ONE]]);
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request !== undefined) result.set(name, request).set(REQUESTS_PREFIX + name, request);
    if (limit !== undefined) result.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (name.startsWith(HUGE_PAGES)) result.set(name, request).set(REQUESTS_PREFIX + name, request);
    if (isDeviceOrExtendedResource(name)) result.set(REQUESTS_PREFIX + name, request);
  }
  return result;
}

/** Pods that are over count as objects and use nothing. `PodUsageFunc`. */
export function podUsage(pod: KubernetesObject, cluster: ClusterView): ResourceList {
  const count = new Map([[COUNT, ONE]]);
  if (!isCharged(pod, cluster)) return count;
  const options = { useStatusResources: true };
  return addResources(count, computeUsage(podRequests(pod, options), podLimits(pod, options)));
}

/** `QuotaV1Pod`: neither finished nor held up after its grace period. */
function isCharged(pod: KubernetesObject, { nowMs }: ClusterView): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  if (phase === 'Failed' || phase === 'Succeeded') return false;
  const deleted = parseTime(stringAt(pod, 'metadata', 'deletionTimestamp') ?? '');
  const graceSeconds = numberAt(pod, 'metadata', 'deletionGracePeriodSeconds');
  if (deleted === undefined || graceSeconds === undefined) return true;
  return nowMs <= Number(deleted / 1_000_000n) + graceSeconds * 1000;
}

function isTerminating(pod: KubernetesObject | undefined): boolean {
  const seconds = valueAt(pod, 'spec', 'activeDeadlineSeconds');
  return (typeof seconds === 'number' || typeof seconds === 'bigint') && seconds >= 0;
}

function isInScope(scope: ScopeRequirement, pod: KubernetesObject): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return qosClassOf(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qosClassOf(pod) !== 'BestEffort';
    case 'PriorityClass': {
      const name = nameAt(pod, 'spec', 'priorityClassName');
      return meetsScope(scope, new Set(name === undefined ? [] : [name]));
    }
    case 'CrossNamespacePodAffinity':
      return usesOtherNamespaces(pod);
    default:
      return false;
  }
}

function usesOtherNamespaces(pod: KubernetesObject): boolean {
  return ['podAffinity', 'podAntiAffinity'].some((field) => {
    const affinity = valueAt(pod, 'spec', 'affinity', field);
    const required = arrayAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution');
    const preferred = arrayAt(affinity, 'preferredDuringSchedulingIgnoredDuringExecution');
    return required.some(isOfOthers) || preferred.some((term) => isOfOthers(valueAt(term, 'podAffinityTerm')));
  });
}

function isOfOthers(term: JsonValue | undefined): boolean {
  return arrayAt(term, 'namespaces').length > 0 || (valueAt(term, 'namespaceSelector') ?? null) !== null;
}

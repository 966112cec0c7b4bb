import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { hasPodLevelRequests, isSidecar, podRequests } from '../../apimachinery/pod-resources.ts';
import { makeMilliQuantity, makeQuantity, milliValueOf, valueOf } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { arrayAt, nameAt, numberAt, objectAt } from '../../base/json.ts';

/** Amounts of resources as the scheduler counts them: whole numbers. */
export interface Amounts {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
  /** Extended resources, huge pages: by name; undefined where there are none. */
  readonly scalar?: ReadonlyMap<string, number>;
}

export const NO_AMOUNTS: Amounts = Object.freeze({ cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0 });

/** A Pod with what the scheduler reads of it again and again. Immutable; made once for each version of a Pod. */
export interface PodInfo {
  readonly pod: KubernetesObject;
  readonly key: string;
  readonly uid: string;
  readonly priority: number;
  readonly requests: Amounts;
  /** For scoring: what is not requested counts as 100m and 200 MiB. */
  readonly nonZeroRequests: Amounts;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Pod affinity or anti-affinity of any kind; required anti-affinity. */
  readonly hasAffinity: boolean;
  readonly hasRequiredAntiAffinity: boolean;
  /** Ports of the Node that its containers and sidecars take. */
  readonly hostPorts: readonly HostPort[];
  /** `namespace/name` of the claims that its volumes name. */
  readonly claims: readonly string[];
  /** Equal for Pods that are alike in all that plugins read that look at one Node alone. */
  readonly localKey: string;
}

export interface HostPort {
  /** `0.0.0.0` where none is named. */
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const made = new WeakMap<KubernetesObject, PodInfo>();

export function podInfoOf(pod: KubernetesObject): PodInfo {
  let info = made.get(pod);
  if (info === undefined) made.set(pod, (info = makePodInfo(pod)));
  return info;
}

function makePodInfo(pod: KubernetesObject): PodInfo {
  const namespace = nameAt(pod, 'metadata', 'namespace') ?? 'default';
  const affinity = objectAt(pod, 'spec', 'affinity');
  const requiredAntiAffinity = arrayAt(affinity, 'podAntiAffinity', REQUIRED);
  const counted = podRequests(pod, IN_PLACE);
  const requests = amountsOf(counted);
  const nonZeroRequests = amountsOf(
    podRequests(pod, { ...IN_PLACE, nonMissingContainerRequests: assumedRequests(pod, counted) }),
  );
  const hostPorts = hostPortsOf(pod);
  const spec = objectAt(pod, 'spec') ?? {};
  return Object.freeze({
    pod,
    key: `${namespace}/${nameAt(pod, 'metadata', 'name') ?? ''}`,
    namespace,
    labels: labelsOf(pod),
    hasAffinity:
      requiredAntiAffinity.length > 0 ||
      arrayAt(affinity, 'podAntiAffinity', PREFERRED).length > 0 ||
      arrayAt(affinity, 'podAffinity', REQUIRED).length > 0 ||
      arrayAt(affinity, 'podAffinity', PREFERRED).length > 0,
    hasRequiredAntiAffinity: requiredAntiAffinity.length > 0,
    hostPorts,
    claims: arrayAt(pod, 'spec', 'volumes').flatMap((volume) => {
      const claim = nameAt(volume, 'persistentVolumeClaim', 'claimName');
      return claim === undefined ? [] : [`${namespace}/${claim}`];
    }),
    uid: nameAt(pod, 'metadata', 'uid') ?? '',
    priority: numberAt(pod, 'spec', 'priority') ?? 0,
    requests,
    nonZeroRequests,
    localKey: JSON.stringify([
      spec['nodeName'],
      spec['nodeSelector'],
      spec['tolerations'],
      affinity?.['nodeAffinity'],
      hostPorts,
      ...[requests, nonZeroRequests].map(({ scalar, ...plain }) => [plain, [...(scalar ?? [])]]),
    ]),
  });
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Source: pkg/scheduler/util/utils.go `GetHostPorts`, 1.36. */
function hostPortsOf(pod: KubernetesObject): readonly HostPort[] {
  const sidecars = arrayAt(pod, 'spec', 'initContainers').filter(isSidecar);
  return [...sidecars, ...arrayAt(pod, 'spec', 'containers')].flatMap((container) =>
    arrayAt(container, 'ports').flatMap((port) => {
      const hostPort = numberAt(port, 'hostPort') ?? 0;
      if (hostPort <= 0) return [];
      return [{ ip: nameAt(port, 'hostIP') ?? '0.0.0.0', protocol: nameAt(port, 'protocol') ?? 'TCP', port: hostPort }];
    }),
  );
}

/** Gates InPlacePodVerticalScaling and InPlacePodLevelResourcesVerticalScaling, both on. Source: pkg/features/kube_features.go, 1.36. */
const IN_PLACE = { useStatusResources: true, inPlacePodLevelScaling: true } as const;

/**
 * What counts where a container requests nothing: of a Pod with requests of its own only what nothing in it requests.
 * Source: pkg/scheduler/framework/types.go `getNonMissingContainerRequests`, 1.36.
 */
function assumedRequests(pod: KubernetesObject, counted: ResourceList): ResourceList {
  if (!hasPodLevelRequests(pod)) return ASSUMED_REQUESTS;
  return new Map([...ASSUMED_REQUESTS].filter(([name]) => !counted.has(name)));
}

/** Source: pkg/scheduler/util/pod_resources.go `DefaultMilliCPURequest`, `DefaultMemoryRequest`, 1.36. */
const ASSUMED_REQUESTS: ResourceList = new Map([
  ['cpu', makeMilliQuantity(100n)],
  ['memory', makeQuantity(200n * 1024n * 1024n, 'BinarySI')],
]);

/** Source: pkg/scheduler/framework/types.go `Resource`, 1.36. */
export function amountsOf(list: ResourceList): Amounts {
  let scalar: Map<string, number> | undefined;
  let [cpuMilli, memoryBytes, ephemeralBytes] = [0, 0, 0];
  for (const [name, quantity] of list) {
    if (name === 'cpu') cpuMilli = Number(milliValueOf(quantity));
    else if (name === 'memory') memoryBytes = Number(valueOf(quantity));
    else if (name === 'ephemeral-storage') ephemeralBytes = Number(valueOf(quantity));
    else if (name !== 'pods') (scalar ??= new Map()).set(name, Number(valueOf(quantity)));
  }
  return Object.freeze({ cpuMilli, memoryBytes, ephemeralBytes, ...(scalar === undefined ? {} : { scalar }) });
}

/** `sign` 1 adds, -1 takes away. */
export function addAmounts(a: Amounts, b: Amounts, sign: 1 | -1 = 1): Amounts {
  const scalar = a.scalar === undefined && b.scalar === undefined ? undefined : new Map(a.scalar);
  for (const [name, amount] of b.scalar ?? []) scalar!.set(name, (scalar!.get(name) ?? 0) + sign * amount);
  return Object.freeze({
    cpuMilli: a.cpuMilli + sign * b.cpuMilli,
    memoryBytes: a.memoryBytes + sign * b.memoryBytes,
    ephemeralBytes: a.ephemeralBytes + sign * b.ephemeralBytes,
    ...(scalar === undefined ? {} : { scalar }),
  });
}

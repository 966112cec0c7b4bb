import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { hasPodLevelResources, podRequests } from '../../../apimachinery/pod-resources.ts';
import { quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, valueAt } from '../../../base/json.ts';
import type { Signal } from './signals.ts';

/** Bytes and inodes that something holds of a disk. */
export interface DiskUsage {
  readonly bytes?: number;
  readonly inodes?: number;
}

/** What a container uses. Bytes. */
export interface ContainerUsage {
  readonly name: string;
  readonly memoryBytes?: number;
  /** Its writable layer, and what it has written to its output. */
  readonly root?: DiskUsage;
  readonly logs?: DiskUsage;
}

/** What a Pod uses. Bytes. */
export interface PodUsage {
  readonly memoryBytes?: number;
  readonly containers?: readonly ContainerUsage[];
  /** By name of the volume. */
  readonly volumes?: Readonly<Record<string, DiskUsage>>;
  readonly processes?: number;
}

/** What a Pod uses; undefined where nobody knows. */
export type UsageOf<Pod> = (pod: Pod) => PodUsage | undefined;

/** Parts of a Pod's use of a disk. */
export type DiskPart = 'root' | 'logs' | 'localVolumes';

export type DiskResource = 'ephemeral-storage' | 'inodes';

/** Negative where the first goes before the second. */
export type Compare<Pod> = (a: Pod, b: Pod) => number;

/** Source: pkg/api/v1/resource/helpers.go `GetResourceRequestQuantity`, 1.36.2. */
export function requestOf(pod: KubernetesObject, resource: string): number {
  const json = pod as JsonValue;
  const options = { excludeOverhead: true, skipContainerLevelResources: hasPodLevelResources(json) };
  const asked = podRequests(json, options).get(resource);
  const requested = asked === undefined ? 0 : Number(valueOf(asked));
  const overhead = quantityOf(valueAt(pod, 'spec', 'overhead', resource));
  return requested === 0 || overhead === undefined ? requested : requested + Number(valueOf(overhead));
}

function trueFirst(a: boolean, b: boolean): number {
  return a === b ? 0 : a ? -1 : 1;
}

/** Pods of which nothing is known go first. */
function byUsage(
  usageOf: UsageOf<KubernetesObject>,
  compare: (a: PodUsage, b: PodUsage, podA: KubernetesObject, podB: KubernetesObject) => number,
): Compare<KubernetesObject> {
  return (a, b) => {
    const [usageA, usageB] = [usageOf(a), usageOf(b)];
    if (usageA === undefined || usageB === undefined) return trueFirst(usageA === undefined, usageB === undefined);
    return compare(usageA, usageB, a, b);
  };
}

export const byPriority: Compare<KubernetesObject> = (a, b) => priorityOf(a) - priorityOf(b);

function priorityOf(pod: KubernetesObject): number {
  return numberAt(pod, 'spec', 'priority') ?? 0;
}

function memoryOver({ memoryBytes = 0 }: PodUsage, pod: KubernetesObject): number {
  return memoryBytes - requestOf(pod, 'memory');
}

/** Source: pkg/kubelet/eviction/helpers.go `exceedMemoryRequests`, 1.36.2. */
export function exceedsMemory(usageOf: UsageOf<KubernetesObject>): Compare<KubernetesObject> {
  return byUsage(usageOf, (usageA, usageB, a, b) => trueFirst(memoryOver(usageA, a) > 0, memoryOver(usageB, b) > 0));
}

/** Source: helpers.go `memory`. */
export function byMemory(usageOf: UsageOf<KubernetesObject>): Compare<KubernetesObject> {
  return byUsage(usageOf, (usageA, usageB, a, b) => memoryOver(usageB, b) - memoryOver(usageA, a));
}

/** Source: helpers.go `process`. */
export function byProcesses(usageOf: UsageOf<KubernetesObject>): Compare<KubernetesObject> {
  return byUsage(usageOf, ({ processes: a = 0 }, { processes: b = 0 }) => b - a);
}

/** Volumes that lie on the Node's own disk: emptyDir but for memory, and what the kubelet writes there itself. */
const ON_DISK = ['hostPath', 'gitRepo', 'configMap', 'downwardAPI', 'secret', 'projected'];

/** Source: helpers.go `localVolumeNames`, pkg/volume/util/util.go `IsLocalEphemeralVolume`, 1.36.2. */
function localVolumes(pod: KubernetesObject): readonly string[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const emptyDir = valueAt(volume, 'emptyDir');
    const isLocal =
      (emptyDir !== undefined && nameAt(emptyDir, 'medium') !== 'Memory') ||
      ON_DISK.some((source) => valueAt(volume, source) !== undefined);
    return isLocal ? [nameAt(volume, 'name') ?? ''] : [];
  });
}

/** What a Pod holds of a disk, in bytes or inodes. Source: helpers.go `podDiskUsage`. */
export function diskOf(
  usage: PodUsage,
  pod: KubernetesObject,
  parts: readonly DiskPart[],
  resource: DiskResource,
): number {
  const amount = (disk: DiskUsage | undefined): number => (resource === 'inodes' ? disk?.inodes : disk?.bytes) ?? 0;
  const ofContainers = (usage.containers ?? []).map(
    ({ root, logs }) => (parts.includes('root') ? amount(root) : 0) + (parts.includes('logs') ? amount(logs) : 0),
  );
  const ofVolumes = parts.includes('localVolumes')
    ? localVolumes(pod).map((name) => amount(usage.volumes?.[name]))
    : [];
  return [...ofContainers, ...ofVolumes].reduce((sum, one) => sum + one, 0);
}

/** Source: helpers.go `exceedDiskRequests`. */
export function exceedsDisk(
  usageOf: UsageOf<KubernetesObject>,
  parts: readonly DiskPart[],
  resource: DiskResource,
): Compare<KubernetesObject> {
  const exceeds = (usage: PodUsage, pod: KubernetesObject): boolean =>
    diskOf(usage, pod, parts, resource) > requestOf(pod, resource);
  return byUsage(usageOf, (usageA, usageB, a, b) => trueFirst(exceeds(usageA, a), exceeds(usageB, b)));
}

/** Source: helpers.go `disk`: inodes too are compared with the request for storage. */
export function byDisk(
  usageOf: UsageOf<KubernetesObject>,
  parts: readonly DiskPart[],
  resource: DiskResource,
): Compare<KubernetesObject> {
  const over = (usage: PodUsage, pod: KubernetesObject): number =>
    diskOf(usage, pod, parts, resource) - requestOf(pod, 'ephemeral-storage');
  return byUsage(usageOf, (usageA, usageB, a, b) => over(usageB, b) - over(usageA, a));
}

/** The first comparison that tells two apart decides. */
export function orderedBy<Pod>(pods: readonly Pod[], ...compares: readonly Compare<Pod>[]): readonly Pod[] {
  return pods.toSorted((a, b) => {
    for (const compare of compares) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}

const ALL_PARTS: readonly DiskPart[] = ['root', 'logs', 'localVolumes'];

/**
 * Pods in the order in which they are evicted. Images and containers lie on the Node's one disk.
 * Source: helpers.go `buildSignalToRankFunc`, `rankMemoryPressure`, `rankPIDPressure`, `rankDiskPressureFunc`.
 */
export function rankFor(
  signal: Signal,
  pods: readonly KubernetesObject[],
  usageOf: UsageOf<KubernetesObject>,
): readonly KubernetesObject[] {
  if (signal === 'pid.available') return orderedBy(pods, byPriority, byProcesses(usageOf));
  if (signal === 'memory.available' || signal === 'allocatableMemory.available')
    return orderedBy(pods, exceedsMemory(usageOf), byPriority, byMemory(usageOf));
  const resource = signal.endsWith('.inodesFree') ? 'inodes' : 'ephemeral-storage';
  const exceeds = exceedsDisk(usageOf, ALL_PARTS, resource);
  return orderedBy(pods, exceeds, byPriority, byDisk(usageOf, ALL_PARTS, resource));
}

import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { SchedulerPlugin, Verdict } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';
import { hint, isPlaced } from '../event-hints.ts';
import { claimedVolumes, classNameOf, notFound, notMadeForPod, usesClaim } from './pod-claims.ts';

const EXCEEDED: Verdict = Object.freeze({ code: 'Unschedulable', reasons: ['node(s) exceed max volume count'] });

/**
 * How many volumes of a CSI driver a Node can hold. Volumes of the plugins that CSI drivers replaced are not translated, and
 * do not count. Source: pkg/scheduler/framework/plugins/nodevolumelimits/csi.go, 1.36.
 */
export const nodeVolumeLimits: SchedulerPlugin = {
  name: 'NodeVolumeLimits',
  events: [
    { event: { resource: 'storage.k8s.io/CSINode', actions: Action.Add } },
    {
      event: { resource: 'storage.k8s.io/CSINode', actions: Action.Update },
      hint: (_pod, before, after) => hint(hasHigherLimit(before, after)),
    },
    {
      event: { resource: 'Pod', actions: Action.Delete },
      hint: (_pod, before) => hint(before !== undefined && isPlaced(before) && claimedVolumes(before).length > 0),
    },
    {
      event: { resource: 'PersistentVolumeClaim', actions: Action.Add },
      hint: (pod, _before, after) => hint(usesClaim(pod, after)),
    },
    {
      event: { resource: 'storage.k8s.io/VolumeAttachment', actions: Action.Delete },
      hint: ({ pod }) => hint(claimedVolumes(pod).some(({ isEphemeral }) => !isEphemeral)),
    },
  ],
  preFilter: ({ pod }) => (claimedVolumes(pod).length === 0 ? { skip: true } : { state: undefined }),
  filter(pod, node, _state, snapshot) {
    const wanted = attachableVolumes(pod, snapshot, true);
    if (!(wanted instanceof Map)) return wanted;
    const limits = limitsOf(snapshot.get('csinodes', node.name));
    if (wanted.size === 0 || limits.size === 0) return undefined;
    const attached = new Map<string, string>();
    for (const existing of node.pods) {
      const found = attachableVolumes(existing, snapshot, false);
      if (!(found instanceof Map)) return found;
      for (const [volume, driver] of found) attached.set(volume, driver);
    }
    const added = new Map([...wanted].filter(([volume]) => !attached.has(volume)));
    for (const [volume, driver] of attachments(node.name, snapshot)) attached.set(volume, driver);
    for (const [driver, limit] of limits) {
      const count = countOf(added, driver);
      if (count > 0 && countOf(attached, driver) + count > limit) return EXCEEDED;
    }
    return undefined;
  },
};

/** Drivers by `driver/handle` of the volume. */
type VolumeDrivers = Map<string, string>;

function countOf(volumes: VolumeDrivers, driver: string): number {
  let count = 0;
  for (const of of volumes.values()) if (of === driver) count++;
  return count;
}

/** The volumes of a Pod that take a place on its Node; claims of Pods that run may be gone. */
function attachableVolumes(pod: PodInfo, snapshot: Snapshot, isNew: boolean): VolumeDrivers | Verdict {
  const volumes: VolumeDrivers = new Map();
  for (const { claimName, isEphemeral } of claimedVolumes(pod.pod)) {
    if (claimName === '') return { code: 'Error', reasons: ['PersistentVolumeClaim had no name'] };
    const key = `${pod.namespace}/${claimName}`;
    const claim = snapshot.get('persistentvolumeclaims', key);
    if (claim === undefined) {
      if (!isNew) continue;
      const reason = `looking up PVC ${key}: ${notFound('persistentvolumeclaim', claimName)}`;
      return { code: 'UnschedulableAndUnresolvable', reasons: [reason] };
    }
    const problem = isEphemeral ? notMadeForPod(pod, claim) : undefined;
    if (problem !== undefined) return { code: 'Error', reasons: [problem] };
    const volume = volumeOf(claim, key, snapshot);
    if (volume !== undefined) volumes.set(`${volume.driver}/${volume.handle}`, volume.driver);
  }
  return volumes;
}

interface CsiVolume {
  readonly driver: string;
  readonly handle: string;
}

/** Of a claim without a volume: the one that its class would make, by a name that no volume has. */
function volumeOf(claim: KubernetesObject, key: string, snapshot: Snapshot): CsiVolume | undefined {
  const volumeName = nameAt(claim, 'spec', 'volumeName');
  const volume = volumeName === undefined ? undefined : snapshot.get('persistentvolumes', volumeName);
  if (volume !== undefined) {
    const driver = nameAt(volume, 'spec', 'csi', 'driver');
    const handle = nameAt(volume, 'spec', 'csi', 'volumeHandle');
    return driver === undefined || handle === undefined ? undefined : { driver, handle };
  }
  const className = classNameOf(claim);
  const storageClass = className === '' ? undefined : snapshot.get('storageclasses', className);
  const driver = nameAt(storageClass, 'provisioner');
  return driver === undefined || IN_TREE.has(driver) ? undefined : { driver, handle: `claim of ${key}` };
}

/** Source: staging/src/k8s.io/csi-translation-lib/translate.go, 1.36. */
const IN_TREE: ReadonlySet<string> = new Set([
  'kubernetes.io/aws-ebs',
  'kubernetes.io/azure-disk',
  'kubernetes.io/azure-file',
  'kubernetes.io/cinder',
  'kubernetes.io/gce-pd',
  'kubernetes.io/portworx-volume',
  'kubernetes.io/vsphere-volume',
]);

/** Volumes that are attached to the Node, whoever uses them. */
function attachments(node: string, snapshot: Snapshot): VolumeDrivers {
  const volumes: VolumeDrivers = new Map();
  for (const attachment of snapshot.view('volumeattachments').list()) {
    if (stringAt(attachment, 'spec', 'nodeName') !== node) continue;
    const driver = nameAt(attachment, 'spec', 'attacher');
    const volumeName = nameAt(attachment, 'spec', 'source', 'persistentVolumeName');
    const volume = volumeName === undefined ? undefined : snapshot.get('persistentvolumes', volumeName);
    const handle = stringAt(volume, 'spec', 'csi', 'volumeHandle');
    if (driver !== undefined && handle !== undefined) volumes.set(`${driver}/${handle}`, driver);
  }
  return volumes;
}

function limitsOf(csiNode: KubernetesObject | undefined): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const driver of arrayAt(csiNode, 'spec', 'drivers')) {
    const count = numberAt(driver, 'allocatable', 'count');
    if (count !== undefined) limits.set(stringAt(driver, 'name') ?? '', count);
  }
  return limits;
}

function hasHigherLimit(before: KubernetesObject | undefined, after: KubernetesObject | undefined): boolean {
  const was = limitsOf(before);
  return [...limitsOf(after)].some(([driver, limit]) => limit > (was.get(driver) ?? 0));
}

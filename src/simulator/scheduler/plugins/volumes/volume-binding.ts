import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { Quantity } from '../../../../apimachinery/quantity.ts';
import { compareQuantities, quantityOf } from '../../../../apimachinery/quantity.ts';
import { arrayAt, jsonEqual, nameAt, stringAt, valueAt } from '../../../../base/json.ts';
import { Action } from '../../cluster-event.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import { hint } from '../event-hints.ts';
import { assumePodVolumes, bindPodVolumes, revertPodVolumes } from './bind-volumes.ts';
import { usesClaim } from './pod-claims.ts';
import type { PodVolumeClaims, PodVolumes } from './pod-volumes.ts';
import { claimsOf, podVolumesOn } from './pod-volumes.ts';

const MIGRATED_PLUGINS = 'storage.alpha.kubernetes.io/migrated-plugins';

/** Source: pkg/scheduler/framework/plugins/volumebinding/{volume_binding,binder}.go, 1.36. */
export const volumeBinding: SchedulerPlugin<PodVolumeClaims> = {
  name: 'VolumeBinding',
  events: [
    {
      event: { resource: 'storage.k8s.io/StorageClass', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) => hint(before === undefined || !jsonEqual(topologies(before), topologies(after))),
    },
    {
      event: { resource: 'PersistentVolumeClaim', actions: Action.Add | Action.Update },
      hint: (pod, _before, after) => hint(usesClaim(pod, after)),
    },
    { event: { resource: 'PersistentVolume', actions: Action.Add | Action.Update } },
    { event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeLabel } },
    {
      event: { resource: 'storage.k8s.io/CSINode', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) => hint(before === undefined || migrated(before) !== migrated(after)),
    },
    {
      event: { resource: 'storage.k8s.io/CSIDriver', actions: Action.Update },
      hint: ({ pod }, before, after) =>
        hint(
          checksCapacity(before) &&
            !checksCapacity(after) &&
            arrayAt(pod, 'spec', 'volumes').some(
              (volume) => nameAt(volume, 'csi', 'driver') === nameAt(after, 'metadata', 'name'),
            ),
        ),
    },
    {
      event: { resource: 'storage.k8s.io/CSIStorageCapacity', actions: Action.Add | Action.Update },
      hint: (_pod, before, after) => hint(before === undefined || hasGrown(before, after)),
    },
  ],
  preFilter(pod, snapshot) {
    const claims = claimsOf(pod, snapshot);
    if (typeof claims === 'string') return { verdict: { code: 'UnschedulableAndUnresolvable', reasons: [claims] } };
    return claims === undefined ? { skip: true } : { state: claims };
  },
  filter(_pod, node, claims, snapshot) {
    const found = podVolumesOn(claims, node, snapshot);
    if ('error' in found) return { code: 'Error', reasons: [found.error] };
    const { conflicts } = found;
    return conflicts.length === 0 ? undefined : { code: 'UnschedulableAndUnresolvable', reasons: conflicts };
  },
  reserve(_pod, node, claims, assume, snapshot) {
    if (claims === undefined || claims.delayed.length === 0) return undefined;
    const found = podVolumesOn(claims, node, snapshot);
    if ('error' in found) return { verdict: { code: 'Error', reasons: [found.error] } };
    return { taken: assumePodVolumes(found, node.name, assume) };
  },
  unreserve(_pod, _nodeName, taken, assume) {
    if (taken !== undefined) revertPodVolumes(taken as PodVolumes, assume);
  },
  preBindPreFlight: (_pod, _nodeName, taken) => taken !== undefined,
  preBind(pod, nodeName, taken, binding) {
    const problem = bindPodVolumes(pod, nodeName, taken as PodVolumes, binding);
    return problem === undefined ? undefined : { code: 'Error', reasons: [problem] };
  },
};

function topologies(storageClass: KubernetesObject | undefined): unknown {
  return arrayAt(storageClass, 'allowedTopologies');
}

function migrated(csiNode: KubernetesObject | undefined): string {
  return stringAt(csiNode, 'metadata', 'annotations', MIGRATED_PLUGINS) ?? '';
}

function checksCapacity(driver: KubernetesObject | undefined): boolean {
  return valueAt(driver, 'spec', 'storageCapacity') === true;
}

function hasGrown(before: KubernetesObject, after: KubernetesObject | undefined): boolean {
  const [was, is] = [volumeLimit(before), volumeLimit(after)];
  return is !== undefined && (was === undefined || compareQuantities(is, was) > 0);
}

/** The largest volume that can be had. */
function volumeLimit(capacity: KubernetesObject | undefined): Quantity | undefined {
  return quantityOf(valueAt(capacity, 'maximumVolumeSize') ?? valueAt(capacity, 'capacity'));
}

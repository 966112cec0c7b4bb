import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import { nameAt } from '../../../../base/json.ts';
import { View, keyOf } from '../../../client/view.ts';
import { nodeInfoOf } from '../../node-info.ts';
import { podInfoOf } from '../../pod-info.ts';
import type { Listed, Snapshot } from '../../snapshot.ts';

const PLURALS: ReadonlyMap<string, Listed> = new Map([
  ['Namespace', 'namespaces'],
  ['Service', 'services'],
  ['ReplicationController', 'replicationcontrollers'],
  ['ReplicaSet', 'replicasets'],
  ['StatefulSet', 'statefulsets'],
  ['PersistentVolumeClaim', 'persistentvolumeclaims'],
  ['PersistentVolume', 'persistentvolumes'],
  ['StorageClass', 'storageclasses'],
  ['CSINode', 'csinodes'],
  ['CSIDriver', 'csidrivers'],
  ['CSIStorageCapacity', 'csistoragecapacities'],
  ['VolumeAttachment', 'volumeattachments'],
  ['PodDisruptionBudget', 'poddisruptionbudgets'],
  ['ResourceClaim', 'resourceclaims'],
  ['ResourceSlice', 'resourceslices'],
  ['DeviceClass', 'deviceclasses'],
]);

const CLUSTER_SCOPED = new Set([
  'Namespace',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIDriver',
  'VolumeAttachment',
  'ResourceSlice',
  'DeviceClass',
]);

/** A snapshot of Nodes with the Pods that name them, and of other objects. */
export function snapshotOf(
  nodes: readonly KubernetesObject[],
  pods: readonly KubernetesObject[],
  objects: readonly KubernetesObject[] = [],
): Snapshot {
  const infos = nodes.map((node) =>
    nodeInfoOf(node, pods.filter((pod) => nameAt(pod, 'spec', 'nodeName') === nameOf(node)).map(podInfoOf)),
  );
  const views = new Map<Listed, View>();
  for (const object of objects) {
    const plural = PLURALS.get(object.kind);
    if (plural === undefined) throw new Error(`no plural for ${object.kind}`);
    const view = views.get(plural) ?? View.empty();
    views.set(
      plural,
      view.with(
        view.revision + 1,
        keyOf(CLUSTER_SCOPED.has(object.kind) ? undefined : (namespaceOf(object) ?? 'default'), nameOf(object)),
        object,
      ),
    );
  }
  const usedClaims = new Map<string, number>();
  const imageNodes = new Map<string, number>();
  for (const { pods: placed, images } of infos) {
    for (const claim of [...placed].flatMap(({ claims }) => claims))
      usedClaims.set(claim, (usedClaims.get(claim) ?? 0) + 1);
    for (const image of images.keys()) imageNodes.set(image, (imageNodes.get(image) ?? 0) + 1);
  }
  const view = (plural: Listed) => views.get(plural) ?? View.empty();
  return {
    nodes: infos,
    find: (name) => infos.find((info) => info.name === name),
    nodesWithAffinity: byName(infos.filter(({ podsWithAffinity }) => podsWithAffinity.length > 0)),
    nodesWithRequiredAntiAffinity: byName(
      infos.filter(({ podsWithRequiredAntiAffinity }) => podsWithRequiredAntiAffinity.length > 0),
    ),
    usedClaims,
    imageNodes,
    view,
    get: (plural, key) => view(plural).getKey(key),
    assumedOnly: () => [],
    nowMs: 0,
    hasNominated: false,
    nominated: () => [],
  };
}

function byName<T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((item) => [item.name, item]));
}

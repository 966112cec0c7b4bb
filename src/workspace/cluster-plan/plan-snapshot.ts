import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { assert } from '../../base/assert.ts';
import { objectAt } from '../../base/json.ts';
import type { Design } from '../../design/design.ts';
import { defaultDeviceClaimSpec } from '../../kinds/shared/defaults/device-claim.ts';
import { updateStruct } from '../../kinds/shared/defaults/fill-in.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { View, keyOf } from '../../simulator/client/view.ts';
import { nodeInfoOf, withPod, withoutPod } from '../../simulator/scheduler/node-info.ts';
import type { NodeInfo } from '../../simulator/scheduler/node-info.ts';
import { addNode, emptyNodeTree, nodeOrder } from '../../simulator/scheduler/node-tree.ts';
import type { AssumedObjects } from '../../simulator/scheduler/plugin.ts';
import type { PodInfo } from '../../simulator/scheduler/pod-info.ts';
import type { Listed, Snapshot } from '../../simulator/scheduler/snapshot.ts';
import { claimedVolumes } from '../../simulator/scheduler/plugins/volumes/pod-claims.ts';
import { settleVolumes } from './plan-volumes.ts';
import { spreadingOwners } from './wanted-pods.ts';

/** Kinds that the plugins of a plan ask for beside Pods and Nodes. */
const LISTED_KINDS: ReadonlyMap<string, Listed> = new Map([
  ['Namespace.', 'namespaces'],
  ['Service.', 'services'],
  ['PersistentVolumeClaim.', 'persistentvolumeclaims'],
  ['PersistentVolume.', 'persistentvolumes'],
  ['StorageClass.storage.k8s.io', 'storageclasses'],
  ['CSINode.storage.k8s.io', 'csinodes'],
  ['CSIDriver.storage.k8s.io', 'csidrivers'],
  ['CSIStorageCapacity.storage.k8s.io', 'csistoragecapacities'],
  ['PodDisruptionBudget.policy', 'poddisruptionbudgets'],
  ['ResourceClaim.resource.k8s.io', 'resourceclaims'],
  ['ResourceSlice.resource.k8s.io', 'resourceslices'],
  ['DeviceClass.resource.k8s.io', 'deviceclasses'],
]);

const OWNER_KINDS: ReadonlyMap<string, Listed> = new Map([
  ['ReplicaSet', 'replicasets'],
  ['StatefulSet', 'statefulsets'],
  ['ReplicationController', 'replicationcontrollers'],
]);

const NO_IMAGES: ReadonlyMap<string, number> = new Map();

/** The cluster as the scheduler would see it while the Pods of a design come one after another. */
export class PlanSnapshot {
  nodes: readonly NodeInfo[];
  private nodesWithAffinity: ReadonlyMap<string, NodeInfo> = new Map();
  private nodesWithRequiredAntiAffinity: ReadonlyMap<string, NodeInfo> = new Map();
  private readonly usedClaims = new Map<string, number>();
  private readonly views = new Map<Listed, View>();
  private readonly claimTemplates = new Map<string, KubernetesObject>();
  private readonly places: ReadonlyMap<string, number>;

  constructor(design: Design, registry: KindRegistry, nodes: readonly KubernetesObject[]) {
    const tree = emptyNodeTree();
    const byName = new Map(nodes.map((node) => [nameOf(node), node]));
    for (const node of byName.values()) addNode(tree, node);
    this.nodes = nodeOrder(tree).flatMap((name) => {
      const node = byName.get(name);
      return node === undefined ? [] : [nodeInfoOf(node)];
    });
    this.places = new Map(this.nodes.map(({ name }, index) => [name, index]));
    for (const { object, namespace } of design.records.values()) {
      const { group } = groupVersionKindOf(object);
      const plural = LISTED_KINDS.get(`${object.kind}.${group}`);
      if (plural !== undefined) this.list(plural, namespace, stored(object, namespace));
      if (object.kind === 'ResourceClaimTemplate' && group === 'resource.k8s.io')
        this.claimTemplates.set(keyOf(namespace, nameOf(object)), object);
    }
    settleVolumes(this);
    for (const owner of spreadingOwners(design, registry)) {
      const plural = OWNER_KINDS.get(owner.kind);
      const { namespace } = owner['metadata'] as { readonly namespace: string };
      if (plural !== undefined) this.list(plural, namespace, owner);
    }
  }

  private list(plural: Listed, namespace: string, object: KubernetesObject): void {
    this.put(plural, keyOf(namespace === '' ? undefined : namespace, nameOf(object)), object);
  }

  /** An object as it is from now on. */
  put(plural: Listed, key: string, object: KubernetesObject): void {
    const view = this.view(plural);
    this.views.set(plural, view.with(view.revision + 1, key, object));
  }

  /** What a plugin reserves is so from then on: nothing of a plan is taken back. */
  readonly assuming: AssumedObjects = {
    assume: (plural, key, object) => this.put(plural, key, object),
    restore: (plural, key, object) => this.put(plural, key, object),
    forget: () => undefined,
  };

  claimTemplate(key: string): KubernetesObject | undefined {
    return this.claimTemplates.get(key);
  }

  find(name: string): NodeInfo | undefined {
    const place = this.places.get(name);
    return place === undefined ? undefined : this.nodes[place];
  }

  view(plural: Listed): View {
    return this.views.get(plural) ?? View.empty();
  }

  get(plural: Listed, key: string): KubernetesObject | undefined {
    return this.view(plural).getKey(key);
  }

  /** The cluster as one cycle of the scheduler sees it: what plugins keep by it is kept no longer. */
  cycle(): Snapshot {
    const { nodes, nodesWithAffinity, nodesWithRequiredAntiAffinity, usedClaims } = this;
    return {
      nodes,
      nodesWithAffinity,
      nodesWithRequiredAntiAffinity,
      usedClaims,
      imageNodes: NO_IMAGES,
      hasNominated: false,
      nowMs: 0,
      find: (name) => this.find(name),
      view: (plural) => this.view(plural),
      get: (plural, key) => this.get(plural, key),
      assumedOnly: () => [],
      nominated: () => [],
    };
  }

  /** Puts a Pod on a Node. */
  place(pod: PodInfo, name: string): void {
    this.change(name, (info) => withPod(info, pod));
    for (const { claimName } of claimedVolumes(pod.pod)) this.countClaim(`${pod.namespace}/${claimName}`, 1);
  }

  /** Takes a Pod from its Node; what it claimed is kept for the next one. */
  remove(pod: PodInfo, name: string): void {
    this.change(name, (info) => withoutPod(info, pod));
    for (const { claimName } of claimedVolumes(pod.pod)) this.countClaim(`${pod.namespace}/${claimName}`, -1);
  }

  private change(name: string, change: (info: NodeInfo) => NodeInfo): void {
    const place = this.places.get(name);
    assert(place !== undefined, 'the Node of a plan is there');
    const before = this.nodes[place];
    assert(before !== undefined, 'places count Nodes');
    const after = change(before);
    this.nodes = this.nodes.with(place, after);
    this.nodesWithAffinity = withEntry(this.nodesWithAffinity, after, after.podsWithAffinity.length > 0);
    this.nodesWithRequiredAntiAffinity = withEntry(
      this.nodesWithRequiredAntiAffinity,
      after,
      after.podsWithRequiredAntiAffinity.length > 0,
    );
  }

  private countClaim(key: string, more: 1 | -1): void {
    const count = (this.usedClaims.get(key) ?? 0) + more;
    if (count > 0) this.usedClaims.set(key, count);
    else this.usedClaims.delete(key);
  }
}

function withEntry(map: ReadonlyMap<string, NodeInfo>, info: NodeInfo, isIn: boolean): ReadonlyMap<string, NodeInfo> {
  if (!isIn && !map.has(info.name)) return map;
  const next = new Map(map);
  if (isIn) next.set(info.name, info);
  else next.delete(info.name);
  return next;
}

/** As the API server stores it: with the namespace and a name of its own, and of devices as many as are meant. */
function stored(object: KubernetesObject, namespace: string): KubernetesObject {
  const metadata = {
    ...objectAt(object, 'metadata'),
    ...(namespace === '' ? {} : { namespace }),
    uid: `${namespace}/${nameOf(object)}`,
  };
  const whole = { ...object, metadata };
  return object.kind === 'ResourceClaim' ? updateStruct(whole, 'spec', defaultDeviceClaimSpec) : whole;
}

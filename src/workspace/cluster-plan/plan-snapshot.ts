import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { assert } from '../../base/assert.ts';
import type { Design } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { View, keyOf } from '../../simulator/client/view.ts';
import { nodeInfoOf, withPod } from '../../simulator/scheduler/node-info.ts';
import type { NodeInfo } from '../../simulator/scheduler/node-info.ts';
import { addNode, emptyNodeTree, nodeOrder } from '../../simulator/scheduler/node-tree.ts';
import type { PodInfo } from '../../simulator/scheduler/pod-info.ts';
import type { Listed, Snapshot } from '../../simulator/scheduler/snapshot.ts';
import { spreadingOwners } from './wanted-pods.ts';

/** Kinds that the plugins of a plan ask for beside Pods and Nodes. */
const LISTED_KINDS: ReadonlyMap<string, Listed> = new Map([
  ['Namespace', 'namespaces'],
  ['Service', 'services'],
]);

const OWNER_KINDS: ReadonlyMap<string, Listed> = new Map([
  ['ReplicaSet', 'replicasets'],
  ['StatefulSet', 'statefulsets'],
  ['ReplicationController', 'replicationcontrollers'],
]);

/** The cluster as the scheduler would see it while the Pods of a design come one after another. */
export class PlanSnapshot implements Snapshot {
  nodes: readonly NodeInfo[];
  nodesWithAffinity: ReadonlyMap<string, NodeInfo> = new Map();
  nodesWithRequiredAntiAffinity: ReadonlyMap<string, NodeInfo> = new Map();
  readonly usedClaims = new Map<string, number>();
  readonly imageNodes = new Map<string, number>();
  readonly hasNominated = false;
  readonly nowMs = 0;
  private readonly views = new Map<Listed, View>();
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
      const plural = LISTED_KINDS.get(object.kind);
      if (plural !== undefined && object.apiVersion === 'v1') this.list(plural, namespace, object);
    }
    for (const owner of spreadingOwners(design, registry)) {
      const plural = OWNER_KINDS.get(owner.kind);
      const { namespace } = owner['metadata'] as { readonly namespace: string };
      if (plural !== undefined) this.list(plural, namespace, owner);
    }
  }

  private list(plural: Listed, namespace: string, object: KubernetesObject): void {
    const view = this.view(plural);
    const key = keyOf(namespace === '' ? undefined : namespace, nameOf(object));
    this.views.set(plural, view.with(view.revision + 1, key, object));
  }

  find(name: string): NodeInfo | undefined {
    const place = this.places.get(name);
    return place === undefined ? undefined : this.nodes[place];
  }

  view(plural: Listed): View {
    return this.views.get(plural) ?? View.empty();
  }

  assumedOnly(): readonly KubernetesObject[] {
    return [];
  }

  get(plural: Listed, key: string): KubernetesObject | undefined {
    return this.view(plural).getKey(key);
  }

  nominated(): readonly PodInfo[] {
    return [];
  }

  /** Puts a Pod on a Node. */
  place(pod: PodInfo, name: string): void {
    const place = this.places.get(name);
    assert(place !== undefined, 'the Node of a plan is there');
    const before = this.nodes[place];
    assert(before !== undefined, 'places count Nodes');
    const after = withPod(before, pod);
    this.nodes = this.nodes.with(place, after);
    if (after.podsWithAffinity.length > 0) this.nodesWithAffinity = withEntry(this.nodesWithAffinity, name, after);
    if (after.podsWithRequiredAntiAffinity.length > 0)
      this.nodesWithRequiredAntiAffinity = withEntry(this.nodesWithRequiredAntiAffinity, name, after);
  }
}

function withEntry(map: ReadonlyMap<string, NodeInfo>, name: string, info: NodeInfo): ReadonlyMap<string, NodeInfo> {
  return new Map(map).set(name, info);
}

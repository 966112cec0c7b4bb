import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';

/**
 * The Nodes by zone, in the order in which they came; `zones` in the order in which the zones did. Plain data, changed in
 * place. Source: pkg/scheduler/backend/cache/node_tree.go, 1.36.
 */
export interface NodeTree {
  readonly zones: string[];
  readonly names: Map<string, string[]>;
}

export function emptyNodeTree(): NodeTree {
  return { zones: [], names: new Map() };
}

/** Source: staging/src/k8s.io/component-helpers/node/topology/helpers.go `GetZoneKey`, 1.36. */
export function zoneKeyOf(node: KubernetesObject): string {
  const labels = labelsOf(node);
  const zone = labels.get('failure-domain.beta.kubernetes.io/zone') ?? labels.get('topology.kubernetes.io/zone') ?? '';
  const region =
    labels.get('failure-domain.beta.kubernetes.io/region') ?? labels.get('topology.kubernetes.io/region') ?? '';
  return zone === '' && region === '' ? '' : `${region}:\0:${zone}`;
}

export function addNode(tree: NodeTree, node: KubernetesObject): void {
  const zone = zoneKeyOf(node);
  const name = nameOf(node);
  const names = tree.names.get(zone);
  if (names === undefined) {
    tree.zones.push(zone);
    tree.names.set(zone, [name]);
  } else if (!names.includes(name)) {
    names.push(name);
  }
}

/** Whether it was there. */
export function removeNode(tree: NodeTree, node: KubernetesObject): boolean {
  const zone = zoneKeyOf(node);
  const names = tree.names.get(zone);
  const index = names?.indexOf(nameOf(node)) ?? -1;
  if (names === undefined || index < 0) return false;
  names.splice(index, 1);
  if (names.length > 0) return true;
  tree.names.delete(zone);
  tree.zones.splice(tree.zones.indexOf(zone), 1);
  return true;
}

/** Whether the order may be another one. */
export function updateNode(tree: NodeTree, before: KubernetesObject | undefined, after: KubernetesObject): boolean {
  if ((before === undefined ? '' : zoneKeyOf(before)) === zoneKeyOf(after)) return false;
  if (before !== undefined) removeNode(tree, before);
  addNode(tree, after);
  return true;
}

/** All names; the zones take turns. */
export function nodeOrder({ zones, names }: NodeTree): readonly string[] {
  const order: string[] = [];
  const lists = zones.map((zone) => names.get(zone)!);
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
  for (let index = 0; index < longest; index++)
    for (const list of lists) if (index < list.length) order.push(list[index]!);
  return order;
}

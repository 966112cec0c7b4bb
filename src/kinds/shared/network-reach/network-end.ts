import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { booleanAt, nameAt } from '../../../base/json.ts';
import { namespaceOrDefault } from '../name-reference.ts';

/**
 * One end of a connection: a Pod, with the address that it has (none in a design), or an address that is no Pod's.
 * `node` is the Node whose own address it is; undefined for what lies outside the cluster.
 */
export type NetworkEnd = PodEnd | AddressEnd;

export interface PodEnd {
  readonly pod: KubernetesObject;
  readonly ip?: string;
}

export interface AddressEnd {
  readonly ip: string;
  readonly node?: string;
}

/** "Can A reach B on port P": the port is one of B, after all that Services did to the destination. */
export interface ReachQuestion {
  readonly from: NetworkEnd;
  readonly to: NetworkEnd;
  readonly port: number;
  /** `TCP`, `UDP`, `SCTP`. */
  readonly protocol: string;
}

/** NetworkPolicies and Namespaces of a cluster or a design. */
export interface PolicyWorld {
  readonly policies: readonly KubernetesObject[];
  /** Labels of a namespace; undefined where there is no such object. */
  labelsOfNamespace(name: string): ReadonlyMap<string, string> | undefined;
}

export function isPodEnd(end: NetworkEnd): end is PodEnd {
  return 'pod' in end;
}

/** Whether a Pod uses the network of its Node. */
export function isOnHostNetwork(pod: KubernetesObject): boolean {
  return booleanAt(pod, 'spec', 'hostNetwork') === true;
}

/** The Node whose own network an end uses. */
export function nodeOf(end: NetworkEnd): string | undefined {
  if (!isPodEnd(end)) return end.node;
  return isOnHostNetwork(end.pod) ? nameAt(end.pod, 'spec', 'nodeName') : undefined;
}

/** Whether two Pods are one: by their names. Two Pods of one template, as a design has them, are two. */
export function isSamePod(a: KubernetesObject, b: KubernetesObject): boolean {
  return nameOf(a) !== '' && nameOf(a) === nameOf(b) && namespaceOrDefault(a) === namespaceOrDefault(b);
}

import { EVERYTHING, isEmptySelector, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, asNumber, isJsonObject, nameAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import type { NamespaceChoice } from '../reference.ts';
import { namespaceOrDefault } from './name-reference.ts';

/**
 * A NetworkPolicy as its rules read, for drawing and for "can A reach B on port P".
 * Source: staging/src/k8s.io/api/networking/v1/types.go and pkg/apis/networking/v1/defaults.go, 1.36.
 */
export type PolicyType = 'Ingress' | 'Egress';

export interface PolicyRule {
  readonly path: Path;
  /** A rule that names nobody means everybody, in the cluster and outside. */
  readonly peers: readonly PolicyPeer[] | 'everyone';
  /** A rule that names no port means every port. */
  readonly ports: readonly PolicyPort[] | 'all';
}

export type PolicyPeer = PodPeer | BlockPeer;

/** Pods by labels in namespaces: the policy's own unless a namespaceSelector says otherwise. */
export interface PodPeer {
  readonly path: Path;
  /** The selector that speaks: `podSelector`, or `namespaceSelector` where it stands alone. */
  readonly field: Path;
  readonly namespaces: NamespaceChoice;
  readonly selector: LabelSelector;
}

export interface BlockPeer {
  readonly path: Path;
  readonly field: Path;
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Ports of the Pods that take the traffic: the governed Pods for ingress, the peers for egress. */
export interface PolicyPort {
  readonly field: Path;
  readonly protocol: string;
  /** Number or name; every port of the protocol where it is missing. */
  readonly port?: number | string;
  /** Last port of a range that begins at `port`. */
  readonly endPort?: number;
}

/** The directions a policy isolates: those it names, or Ingress, and Egress as well where it has egress rules. */
export function policyTypesOf(policy: KubernetesObject): readonly PolicyType[] {
  const named = arrayAt(policy, 'spec', 'policyTypes');
  if (named.length === 0) return arrayAt(policy, 'spec', 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return (['Ingress', 'Egress'] as const).filter((type) => named.includes(type));
}

/** The Pods a policy governs; an empty selector means every Pod of its namespace. */
export function governedPods(policy: KubernetesObject): LabelSelector {
  // The field is a struct and not a pointer upstream: a missing selector reads as an empty one.
  return parseLabelSelector(valueAt(policy, 'spec', 'podSelector') ?? {});
}

/** The rules of one direction, none where the policy does not isolate it: rules of other directions have no effect. */
export function policyRulesOf(policy: KubernetesObject, type: PolicyType): readonly PolicyRule[] {
  if (!policyTypesOf(policy).includes(type)) return [];
  const [list, peers] = type === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return arrayAt(policy, 'spec', list).flatMap((rule, index) => {
    const path = ['spec', list, index];
    return isJsonObject(rule)
      ? [{ path, peers: readPeers(policy, rule, path, peers), ports: readPorts(rule, path) }]
      : [];
  });
}

export function isBlockPeer(peer: PolicyPeer): peer is BlockPeer {
  return 'cidr' in peer;
}

function readPeers(policy: KubernetesObject, rule: JsonValue, rulePath: Path, list: string): PolicyRule['peers'] {
  const value = valueAt(rule, list);
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'everyone';
  return arrayAt(rule, list).flatMap((peer, index) => {
    const read = readPeer(policy, peer, [...rulePath, list, index]);
    return read ? [read] : [];
  });
}

function readPeer(policy: KubernetesObject, peer: JsonValue, path: Path): PolicyPeer | undefined {
  const cidr = nameAt(peer, 'ipBlock', 'cidr');
  if (cidr !== undefined) {
    const except = arrayAt(peer, 'ipBlock', 'except').flatMap((entry) => asName(entry) ?? []);
    return { path, field: [...path, 'ipBlock', 'cidr'], cidr, except };
  }
  const pods = valueAt(peer, 'podSelector') ?? undefined;
  const namespaces = valueAt(peer, 'namespaceSelector') ?? undefined;
  if (pods === undefined && namespaces === undefined) return undefined;
  return {
    path,
    field: [...path, pods === undefined ? 'namespaceSelector' : 'podSelector'],
    namespaces: namespaces === undefined ? { names: [namespaceOrDefault(policy)] } : namespaceChoice(namespaces),
    selector: pods === undefined ? EVERYTHING : parseLabelSelector(pods),
  };
}

/** The label that the API server keeps on every namespace, equal to its name. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** A selector on the name label alone chooses namespaces by name, whether or not their objects are at hand. */
function namespaceChoice(value: JsonValue): NamespaceChoice {
  const selector = parseLabelSelector(value);
  if (isEmptySelector(selector)) return 'all';
  const [only, ...more] = selector.requirements;
  const byName = only?.key === NAMESPACE_NAME_LABEL && only.operator === 'In' && more.length === 0;
  return byName && !selector.invalid ? { names: only.values } : { selector };
}

function readPorts(rule: JsonValue, rulePath: Path): PolicyRule['ports'] {
  const ports = arrayAt(rule, 'ports');
  if (ports.length === 0) return 'all';
  return ports.map((entry, index) => {
    const port = asName(valueAt(entry, 'port')) ?? asNumber(valueAt(entry, 'port'));
    const endPort = numberAt(entry, 'endPort');
    return {
      field: [...rulePath, 'ports', index, ...(port === undefined ? [] : ['port'])],
      protocol: stringAt(entry, 'protocol') ?? 'TCP',
      ...(port === undefined ? {} : { port }),
      ...(endPort === undefined ? {} : { endPort }),
    };
  });
}

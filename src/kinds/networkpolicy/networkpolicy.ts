import { formatLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { governedPods, isBlockPeer, policyRulesOf, policyTypesOf } from '../shared/network-policy.ts';
import type { PolicyPeer, PolicyRule, PolicyType } from '../shared/network-policy.ts';
import {
  allowFromNamespace,
  allowFromPods,
  allowToNamespace,
  allowToPods,
  disconnectPolicy,
  governPods,
} from './networkpolicy.editing.ts';

export const networkPolicy: KindDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  resource: 'networkpolicies',
  shortNames: ['netpol'],
  scope: 'Namespaced',
  category: 'network',
  olderVersions: [{ group: 'extensions', version: 'v1beta1' }],
  newObject: (name, namespace) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: newMetadata(name, namespace),
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  }),
  references: (object) => [
    ...governed(object),
    ...policyRulesOf(object, 'Ingress').flatMap((rule) => ruleReferences(object, rule, 'Ingress')),
    ...policyRulesOf(object, 'Egress').flatMap((rule) => ruleReferences(object, rule, 'Egress')),
  ],
  connections: [governPods, allowFromPods, allowToPods, allowFromNamespace, allowToNamespace],
  disconnect: disconnectPolicy,
  summary,
  fields: ['spec.podSelector', 'spec.policyTypes', 'spec.ingress', 'spec.egress'],
};

/** Without a selector a policy is for every Pod of its namespace. Source: networking/v1 NetworkPolicySpec, 1.36. */
function governed(object: KubernetesObject): readonly Reference[] {
  if (!objectAt(object, 'spec')) return [];
  const field = valueAt(object, 'spec', 'podSelector') === undefined ? ['spec'] : ['spec', 'podSelector'];
  const target = {
    by: 'pods',
    namespaces: { names: [namespaceOrDefault(object)] },
    selector: governedPods(object),
  } as const;
  return [{ type: 'policySelector', field, target }];
}

/** Everybody, in the cluster and outside, is drawn as one address range and not as an edge to every Pod. */
const EVERYONE = '0.0.0.0/0';

function ruleReferences(policy: KubernetesObject, rule: PolicyRule, type: PolicyType): readonly Reference[] {
  const about =
    type === 'Ingress' ? { type: 'policyIngress' as const } : { type: 'policyEgress' as const, ...peerPort(rule) };
  if (rule.peers === 'everyone') {
    const list = [...rule.path, type === 'Ingress' ? 'from' : 'to'];
    const field = valueAt(policy, ...list) === undefined ? rule.path : list;
    return [{ ...about, field, target: { by: 'external', what: 'cidr', value: EVERYONE } }];
  }
  return rule.peers.map((peer) => ({ ...about, field: peer.field, target: peerTarget(peer) }));
}

/** The port meant at the peers of an egress rule, where it is one; ports of an ingress rule are those of the governed Pods. */
function peerPort({ ports }: PolicyRule): { readonly port?: number | string } {
  if (ports === 'all') return {};
  const [first, ...more] = new Set(ports.map(({ port, endPort }) => (endPort === undefined ? port : undefined)));
  return first === undefined || more.length > 0 ? {} : { port: first };
}

function peerTarget(peer: PolicyPeer): Reference['target'] {
  if (isBlockPeer(peer)) return { by: 'external', what: 'cidr', value: peer.cidr };
  return { by: 'pods', namespaces: peer.namespaces, selector: peer.selector };
}

/** Directions, and the Pod selector as kubectl prints it. */
function summary(object: KubernetesObject): Summary {
  return { fact: policyTypesOf(object).join(', '), detail: formatLabelSelector(governedPods(object)) };
}

import { isEmptySelector, matchesLabels } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, ConnectionEdits } from '../kind.ts';
import type { NamespaceChoice, Reference } from '../reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { refuseOtherNamespace } from '../shared/same-namespace.ts';
import {
  NAMESPACE_NAME_LABEL,
  governedPods,
  isBlockPeer,
  policyRulesOf,
  policyTypesOf,
} from '../shared/network-policy.ts';
import type { PolicyType } from '../shared/network-policy.ts';
import { stableLabels } from '../shared/stable-labels.ts';

/** NetworkPolicy → workload: the policy governs its Pods. */
export const governPods: Connection = {
  id: 'select',
  to: 'podTemplate',
  connect(source, target, template) {
    if (!template) return { refused: 'connect.noPodTemplate' };
    const elsewhere = refuseOtherNamespace(source, target);
    if (elsewhere) return elsewhere;
    const governed = governedPods(source);
    // An empty selector governs every Pod already, but drawing an arrow to one of them narrows the policy down to it.
    if (!isEmptySelector(governed) && matchesLabels(governed, template.labels)) return { refused: 'connect.already' };
    const labels = stableLabels(template.labels);
    if (Object.keys(labels).length === 0) return { refused: 'connect.noLabels' };
    return { source: [{ op: 'set', path: ['spec', 'podSelector'], value: { matchLabels: labels } }] };
  },
};

export const allowFromPods: Connection = allowPods('allowFrom', 'Ingress');
export const allowToPods: Connection = allowPods('allowTo', 'Egress');
export const allowFromNamespace: Connection = allowNamespace('allowFrom', 'Ingress');
export const allowToNamespace: Connection = allowNamespace('allowTo', 'Egress');

/** NetworkPolicy → workload: its Pods may send to, or be reached from, the governed Pods, in whatever namespace they are. */
function allowPods(id: 'allowFrom' | 'allowTo', type: PolicyType): Connection {
  return {
    id,
    to: 'podTemplate',
    connect(source, target, template) {
      if (!template) return { refused: 'connect.noPodTemplate' };
      const namespace = namespaceOrDefault(target);
      if (isAllowed(source, type, namespace, template.labels)) return { refused: 'connect.already' };
      const labels = stableLabels(template.labels);
      if (Object.keys(labels).length === 0) return { refused: 'connect.noLabels' };
      const podSelector = { matchLabels: labels };
      const here = namespace === namespaceOrDefault(source);
      return allow(
        source,
        type,
        here ? { podSelector } : { namespaceSelector: namespaceNamed(namespace), podSelector },
      );
    },
  };
}

function allowNamespace(id: 'allowFrom' | 'allowTo', type: PolicyType): Connection {
  return {
    id,
    to: { group: '', kind: 'Namespace' },
    connect(source, target) {
      const namespace = nameOf(target);
      if (isAllowed(source, type, namespace)) return { refused: 'connect.already' };
      return allow(source, type, { namespaceSelector: namespaceNamed(namespace) });
    },
  };
}

/** The API server keeps this label on every namespace, so the namespace itself needs no edit. */
function namespaceNamed(namespace: string): JsonObject {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } };
}

function allow(policy: KubernetesObject, type: PolicyType, peer: JsonObject): ConnectionEdits {
  const [list, peers] = type === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  const edits: FieldEdit[] = [{ op: 'append', path: ['spec', list], value: { [peers]: [peer] } }];
  // A policy that names its directions ignores the rules of the others.
  const named = arrayAt(policy, 'spec', 'policyTypes').length > 0;
  if (named && !policyTypesOf(policy).includes(type))
    edits.push({ op: 'append', path: ['spec', 'policyTypes'], value: type });
  return { source: edits };
}

/** Whether a rule without port limits lets these Pods in or out already; without labels, the whole namespace. */
function isAllowed(
  policy: KubernetesObject,
  type: PolicyType,
  namespace: string,
  labels?: ReadonlyMap<string, string>,
): boolean {
  return policyRulesOf(policy, type).some(({ peers }) => {
    if (peers === 'everyone') return true;
    return peers.some((peer) => {
      if (isBlockPeer(peer) || !includesNamespace(peer.namespaces, namespace)) return false;
      return labels ? matchesLabels(peer.selector, labels) : isEmptySelector(peer.selector);
    });
  });
}

/** The labels of the namespace are not at hand here, so a selector on them other than by name counts as no answer. */
function includesNamespace(choice: NamespaceChoice, namespace: string): boolean {
  return choice === 'all' || ('names' in choice && !('selector' in choice) && choice.names.includes(namespace));
}

/**
 * Takes one peer away. The last peer takes its rule with it, because a rule without peers allows everybody; the
 * direction stays isolated, even where only its rules said that it is.
 */
export function disconnectPolicy(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  if (reference.type === 'policySelector') return { refused: 'disconnect.required' };
  const [, list, index, peers, at] = reference.field;
  if (typeof list !== 'string' || typeof index !== 'number') return [];
  const rule = ['spec', list, index];
  if (typeof peers === 'string' && typeof at === 'number' && arrayAt(object, ...rule, peers).length > 1) {
    return [{ op: 'delete', path: [...rule, peers, at] }];
  }
  return removeRule(object, ['spec', list], index);
}

function removeRule(object: KubernetesObject, list: Path, index: number): readonly FieldEdit[] {
  if (arrayAt(object, ...list).length > 1) return [{ op: 'delete', path: [...list, index] }];
  const edits: FieldEdit[] = [{ op: 'delete', path: list }];
  const implied = arrayAt(object, 'spec', 'policyTypes').length === 0 && list[1] === 'egress';
  if (implied) edits.push({ op: 'set', path: ['spec', 'policyTypes'], value: policyTypesOf(object) });
  return edits;
}

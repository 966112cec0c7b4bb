import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { selectsObject } from '../../../apimachinery/label-selector.ts';
import { nameAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import { namespaceOrDefault } from '../name-reference.ts';
import type { PolicyType } from '../network-policy.ts';
import { governedPods, policyRulesOf, policyTypesOf } from '../network-policy.ts';
import { matchingPeer, matchingPort } from './match-rule.ts';
import type { NetworkEnd, PolicyWorld, ReachQuestion } from './network-end.ts';
import { isOnHostNetwork, isPodEnd, isSamePod, nodeOf } from './network-end.ts';

/** Whether A can reach B, and what says so at either end: both must let it pass. */
export interface ReachAnswer {
  readonly isAllowed: boolean;
  readonly egress: ReachVerdict;
  readonly ingress: ReachVerdict;
}

export type ReachVerdict =
  /** Policies have no say here. */
  | { readonly type: 'free'; readonly because: FreeReason }
  /** A rule lets it pass: the policy as `namespace/name`, and the fields in it; without peer or port the rule names none. */
  | {
      readonly type: 'allowed';
      readonly policy: string;
      readonly rule: Path;
      readonly peer?: Path;
      readonly port?: Path;
    }
  /** Policies isolate the Pod, and no rule of any of them lets it pass. */
  | { readonly type: 'denied'; readonly by: readonly PolicyRefusal[] };

/**
 * `outside`: this end is no Pod, or its network is its Node's, to which policies do not apply. `own-node`: the other end
 * is the Node on which it runs. `itself`: both ends are one Pod. `not-isolated`: no policy selects the Pod for this
 * direction.
 */
export type FreeReason = 'outside' | 'own-node' | 'itself' | 'not-isolated';

/** A policy that isolates the Pod, and why each of its rules does not fit; without rules it lets nothing pass. */
export interface PolicyRefusal {
  readonly policy: string;
  readonly rules: readonly { readonly rule: Path; readonly misses: 'peer' | 'port' }[];
}

/**
 * Whether NetworkPolicies let a connection be opened, and which rule says so. Answers always come back.
 *
 * Exceptions are those that the API declares: traffic from a Pod's own Node is allowed, and that to it, as the
 * concept has it; a Pod reaches itself. A Pod on the network of its Node has no policies, and is no Pod to the selectors
 * of others: `ipBlock` may mean its Node's address.
 * Source: staging/src/k8s.io/api/networking/v1/types.go `NetworkPolicySpec`, test/e2e/network/netpol, 1.36.
 */
export function canReach(question: ReachQuestion, world: PolicyWorld): ReachAnswer {
  const egress = verdictAt('Egress', question, world);
  const ingress = verdictAt('Ingress', question, world);
  return { isAllowed: egress.type !== 'denied' && ingress.type !== 'denied', egress, ingress };
}

/** What one end says: its Pod's policies for that direction. */
export function verdictAt(type: PolicyType, question: ReachQuestion, world: PolicyWorld): ReachVerdict {
  const [own, other] = type === 'Egress' ? [question.from, question.to] : [question.to, question.from];
  const because = freeReason(own, other);
  if (because !== undefined || !isPodEnd(own)) return { type: 'free', because: because ?? 'outside' };
  const isolating = world.policies.filter((policy) => isolates(policy, type, own.pod));
  if (isolating.length === 0) return { type: 'free', because: 'not-isolated' };
  const by: PolicyRefusal[] = [];
  for (const policy of isolating) {
    const name = `${namespaceOrDefault(policy)}/${nameOf(policy)}`;
    const rules: { rule: Path; misses: 'peer' | 'port' }[] = [];
    for (const rule of policyRulesOf(policy, type)) {
      const peer = rule.peers === 'everyone' ? undefined : matchingPeer(rule.peers, other, world);
      const port = rule.ports === 'all' ? undefined : matchingPort(rule.ports, question);
      if (peer === undefined && rule.peers !== 'everyone') rules.push({ rule: rule.path, misses: 'peer' });
      else if (port === undefined && rule.ports !== 'all') rules.push({ rule: rule.path, misses: 'port' });
      else {
        const fields = { ...(peer === undefined ? {} : { peer }), ...(port === undefined ? {} : { port }) };
        return { type: 'allowed', policy: name, rule: rule.path, ...fields };
      }
    }
    by.push({ policy: name, rules });
  }
  return { type: 'denied', by };
}

function freeReason(own: NetworkEnd, other: NetworkEnd): FreeReason | undefined {
  if (!isPodEnd(own) || isOnHostNetwork(own.pod)) return 'outside';
  if (isPodEnd(other) && isSamePod(own.pod, other.pod)) return 'itself';
  const node = nameAt(own.pod, 'spec', 'nodeName');
  return node !== undefined && node === nodeOf(other) ? 'own-node' : undefined;
}

function isolates(policy: KubernetesObject, type: PolicyType, pod: KubernetesObject): boolean {
  return (
    namespaceOrDefault(policy) === namespaceOrDefault(pod) &&
    policyTypesOf(policy).includes(type) &&
    selectsObject(governedPods(policy), pod)
  );
}

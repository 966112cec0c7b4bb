import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { ReachVerdict } from '../../../kinds/shared/network-reach/can-reach.ts';
import { verdictAt } from '../../../kinds/shared/network-reach/can-reach.ts';
import type { NetworkEnd, PolicyWorld, ReachQuestion } from '../../../kinds/shared/network-reach/network-end.ts';
import { isPodEnd } from '../../../kinds/shared/network-reach/network-end.ts';
import type { View } from '../../client/view.ts';
import type { Packet } from '../../kubeproxy/trace-packet.ts';
import type { Machines } from '../machines.ts';
import { machineAt } from '../machines.ts';
import type { Route } from '../route-packet.ts';
import { DNS_PORT } from '../route-packet.ts';

/** NetworkPolicies as a machine's kernel was last told of them, and what they speak of. Immutable; machines share it. */
export interface NetworkPolicies {
  readonly policies: View;
  /** Pods that have not ended, found by address too. */
  readonly pods: View;
  readonly namespaces: View;
}

/** Name of the index by which Pods are found by their address. */
export const BY_IP = 'ip';

/** A packet that policies stop: in which direction, and why each policy's rules do not let it pass. */
export interface PolicyStop {
  readonly direction: 'Egress' | 'Ingress';
  readonly policies: readonly { readonly policy: string; readonly rules: readonly string[] }[];
}

/** What policies say of a packet on a machine. */
export interface PolicySays {
  readonly stop?: PolicyStop;
  /** Rules that let it pass: `shop/web spec.ingress[0].from[1]`. */
  readonly egress?: string;
  readonly ingress?: string;
}

/**
 * What policies say of the way of a packet from a machine: those of the Pod that sends it, where that is one of the
 * machine's, and those of the Pod that gets it here. They look at the destination after Services, and at the sender as it
 * is after the rules of the machine, which may have put its own address there.
 */
export function policiesSay(
  known: NetworkPolicies,
  machines: Machines,
  own: string,
  { fromIp, protocol }: Packet,
  route: Route,
): PolicySays {
  // CoreDNS asks the world's DNS for the Pods, which is left out here.
  if (route.type === 'public-dns') return {};
  // What the rules of the machine have refused is not looked at again.
  if (route.type === 'ends' && route.answer.type !== 'outside') return {};
  const { packet: next } = route;
  const ask = { port: next.port, protocol: protocol.toUpperCase() };
  const to = endAt(known, machines, next.toIp, next.port);
  const sender = machineAt(machines, fromIp);
  let says: PolicySays = {};
  if (sender?.name === own && !sender.hostIps.includes(fromIp)) {
    const egress = ruled('Egress', known, { ...ask, from: endAt(known, machines, fromIp), to });
    if (egress.stop !== undefined) return egress;
    says = egress;
  }
  const arrives = route.type === 'pod' || route.type === 'process';
  if (!arrives) return says;
  return { ...says, ...ruled('Ingress', known, { ...ask, from: endAt(known, machines, next.fromIp), to }) };
}

function ruled(direction: 'Egress' | 'Ingress', known: NetworkPolicies, question: ReachQuestion): PolicySays {
  const own = direction === 'Egress' ? question.from : question.to;
  if (!isPodEnd(own)) return {};
  const verdict = verdictAt(direction, question, worldOf(known, own.pod));
  if (verdict.type === 'free') return {};
  if (verdict.type === 'allowed')
    return direction === 'Egress' ? { egress: allowedText(verdict) } : { ingress: allowedText(verdict) };
  const policies = verdict.by.map(({ policy, rules }) => ({
    policy,
    rules: rules.map(({ rule, misses }) => `${formatFieldPath(rule)} ${misses}`),
  }));
  return { stop: { direction, policies } };
}

function allowedText({ policy, rule, peer, port }: Extract<ReachVerdict, { type: 'allowed' }>): string {
  return [policy, formatFieldPath(peer ?? rule), ...(port === undefined ? [] : [formatFieldPath(port)])].join(' ');
}

/** The policies of a Pod's namespace, as no others can isolate it. */
function worldOf({ policies, namespaces }: NetworkPolicies, pod: KubernetesObject): PolicyWorld {
  return {
    policies: policies.list(namespaceOf(pod) ?? 'default'),
    labelsOfNamespace(name) {
      const namespace = namespaces.get(undefined, name);
      return namespace && labelsOf(namespace);
    },
  };
}

/** Whose address it is. */
export function endAt({ pods }: NetworkPolicies, machines: Machines, ip: string, port?: number): NetworkEnd {
  const machine = machineAt(machines, ip);
  if (machine?.hostIps.includes(ip) === true) {
    const isDns = port === DNS_PORT && machine.listeners.some((listener) => listener.port === DNS_PORT);
    return isDns ? { pod: COREDNS, ip } : { ip, node: machine.name };
  }
  const [pod] = pods.indexed(BY_IP, ip);
  return pod === undefined ? { ip } : { pod, ip };
}

/** CoreDNS is a process of the control plane here, and in a real cluster a Pod: policies speak of that Pod. */
const COREDNS: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  spec: {
    containers: [
      {
        name: 'coredns',
        ports: [
          { containerPort: DNS_PORT, name: 'dns', protocol: 'UDP' },
          { containerPort: DNS_PORT, name: 'dns-tcp', protocol: 'TCP' },
        ],
      },
    ],
  },
};

import { cidrContains, parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import { matchesLabels, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import type { NamespaceChoice } from '../../reference.ts';
import { namespaceOrDefault } from '../name-reference.ts';
import type { BlockPeer, PolicyPeer, PolicyPort } from '../network-policy.ts';
import { NAMESPACE_NAME_LABEL, isBlockPeer } from '../network-policy.ts';
import type { NetworkEnd, PolicyWorld, ReachQuestion } from './network-end.ts';
import { isOnHostNetwork, isPodEnd } from './network-end.ts';

/** The field of the first peer of a rule that means an end. */
export function matchingPeer(peers: readonly PolicyPeer[], end: NetworkEnd, world: PolicyWorld): Path | undefined {
  return peers.find((peer) => {
    if (isBlockPeer(peer)) return end.ip !== undefined && isInBlock(peer, end.ip);
    // A Pod on the network of its Node is an address like any other.
    if (!isPodEnd(end) || isOnHostNetwork(end.pod)) return false;
    return (
      includesNamespace(peer.namespaces, namespaceOrDefault(end.pod), world) && selectsObject(peer.selector, end.pod)
    );
  })?.path;
}

/** The field of the first port of a rule that means the port of a question. */
export function matchingPort(
  ports: readonly PolicyPort[],
  { to, port, protocol }: Pick<ReachQuestion, 'to' | 'port' | 'protocol'>,
): Path | undefined {
  return ports.find((wanted) => {
    if (wanted.protocol !== protocol) return false;
    if (wanted.port === undefined) return true;
    if (typeof wanted.port === 'string') return isPodEnd(to) && portNamed(to.pod, wanted.port, protocol) === port;
    return wanted.endPort === undefined ? port === wanted.port : port >= wanted.port && port <= wanted.endPort;
  })?.field;
}

/** Blocks mean addresses, whosesoever they are. */
function isInBlock({ cidr, except }: BlockPeer, address: string): boolean {
  const ip = parseIp(address);
  const contains = (text: string): boolean => {
    const block = parseCidr(text);
    return ip !== undefined && block !== undefined && cidrContains(block, ip);
  };
  return contains(cidr) && !except.some(contains);
}

function includesNamespace(choice: NamespaceChoice, namespace: string, world: PolicyWorld): boolean {
  if (choice === 'all') return true;
  if (!('selector' in choice)) return choice.names.includes(namespace);
  if (choice.names !== undefined && !choice.names.includes(namespace)) return false;
  const labels = world.labelsOfNamespace(namespace);
  // The API server labels each namespace with its name; in a design that label need not be written.
  return matchesLabels(choice.selector, new Map([...(labels ?? []), [NAMESPACE_NAME_LABEL, namespace]]));
}

/** The number of a Pod's port of that name and protocol, of containers and of sidecars. */
function portNamed(pod: KubernetesObject, name: string, protocol: string): number | undefined {
  const sidecars = arrayAt(pod, 'spec', 'initContainers').filter(
    (container) => stringAt(container, 'restartPolicy') === 'Always',
  );
  for (const container of [...arrayAt(pod, 'spec', 'containers'), ...sidecars])
    for (const port of arrayAt(container, 'ports'))
      if (stringAt(port, 'name') === name && (stringAt(port, 'protocol') ?? 'TCP') === protocol)
        return numberAt(port, 'containerPort');
  return undefined;
}

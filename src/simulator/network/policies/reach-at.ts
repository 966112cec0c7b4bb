import { parseIp } from '../../../apimachinery/ip.ts';
import { parseObjectIdentity } from '../../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import type { ReachAnswer } from '../../../kinds/shared/network-reach/can-reach.ts';
import { canReach } from '../../../kinds/shared/network-reach/can-reach.ts';
import type { NetworkEnd } from '../../../kinds/shared/network-reach/network-end.ts';
import type { Machines } from '../machines.ts';
import { machineAt, primaryIp } from '../machines.ts';

/** "Can A reach B on port P": ends are `Pod/shop/web-0`, `Node//w1`, or an address. */
export interface ReachWish {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/**
 * What the NetworkPolicies that are stored say, and which rule; undefined where an end is not there. Whether the network
 * knows them already, and whether anybody listens, is another question.
 */
export function reachAt(
  objects: readonly KubernetesObject[],
  machines: Machines,
  { from, to, port, protocol }: ReachWish,
): ReachAnswer | undefined {
  const [source, target] = [from, to].map((end) => endNamed(objects, machines, end));
  if (source === undefined || target === undefined) return undefined;
  const namespaces = new Map(
    objects.filter(({ kind }) => kind === 'Namespace').map((namespace) => [nameOf(namespace), labelsOf(namespace)]),
  );
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const world = { policies, labelsOfNamespace: (name: string) => namespaces.get(name) };
  return canReach({ from: source, to: target, port, protocol }, world);
}

function endNamed(objects: readonly KubernetesObject[], machines: Machines, end: string): NetworkEnd | undefined {
  if (parseIp(end) !== undefined) {
    const pod = objects.find(({ kind, ...one }) => kind === 'Pod' && nameAt(one, 'status', 'podIP') === end);
    const machine = machineAt(machines, end);
    if (machine?.hostIps.includes(end) === true) return { ip: end, node: machine.name };
    return pod === undefined ? { ip: end } : { pod, ip: end };
  }
  const { kind, namespace, name } = parseObjectIdentity(end);
  if (kind === 'Node') {
    const machine = machines.byName.get(name);
    return machine && { ip: primaryIp(machine), node: name };
  }
  const pod = objects.find((one) => one.kind === 'Pod' && namespaceOf(one) === namespace && nameOf(one) === name);
  const ip = nameAt(pod, 'status', 'podIP');
  return kind === 'Pod' && pod !== undefined ? { pod, ...(ip === undefined ? {} : { ip }) } : undefined;
}

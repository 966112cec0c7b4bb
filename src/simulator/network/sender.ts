import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, stringAt } from '../../base/json.ts';
import { isLike } from '../behaviour/behaviour-of.ts';
import { OUTSIDE_IPS } from './addresses.ts';
import type { Machines } from './machines.ts';
import type { ResolvConf } from './resolv-conf.ts';
import { HOST_RESOLV_CONF, resolvConfOf } from './resolv-conf.ts';

/** Somebody who sends requests. */
export interface Sender {
  /** Undefined: outside the cluster. */
  readonly machine: string | undefined;
  /** Its addresses, one of each family that it has. */
  readonly fromIps: readonly string[];
  readonly resolvConf: ResolvConf;
}

/**
 * The sender that a script names: `Pod/shop/cart-*` (the first that runs), `Node//w1`, or `outside`. Undefined: nobody
 * has that name now.
 */
export function senderOf(from: string, machines: Machines, pods: readonly KubernetesObject[]): Sender | undefined {
  const { families, dnsIp } = machines.network;
  if (from === 'outside') {
    const fromIps = families.map((family) => OUTSIDE_IPS[family]);
    return { machine: undefined, fromIps, resolvConf: HOST_RESOLV_CONF };
  }
  const { kind, namespace, name } = parseObjectIdentity(from);
  if (kind === 'Node') {
    const machine = machines.byName.get(name);
    return machine && { machine: machine.name, fromIps: machine.hostIps, resolvConf: HOST_RESOLV_CONF };
  }
  const pod = pods.find((one) => namespaceOf(one) === namespace && isLike(nameOf(one), name) && runs(one));
  const machine = nameAt(pod, 'spec', 'nodeName');
  const fromIps = arrayAt(pod, 'status', 'podIPs').flatMap((one) => nameAt(one, 'ip') ?? []);
  return pod && machine !== undefined && fromIps.length > 0
    ? { machine, fromIps, resolvConf: resolvConfOf(pod, dnsIp) }
    : undefined;
}

function runs(pod: KubernetesObject): boolean {
  return stringAt(pod, 'status', 'phase') === 'Running' && !isBeingDeleted(pod);
}

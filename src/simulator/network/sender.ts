import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import { isLike } from '../behaviour/behaviour-of.ts';
import type { Machines } from './machines.ts';
import type { ResolvConf } from './resolv-conf.ts';
import { HOST_RESOLV_CONF, resolvConfOf } from './resolv-conf.ts';

/** Somebody who sends requests. */
export interface Sender {
  /** Undefined: outside the cluster. */
  readonly machine: string | undefined;
  readonly fromIp: string;
  readonly resolvConf: ResolvConf;
}

/** The address of a client that is no machine of the cluster (RFC 5737). */
const OUTSIDE_IP = '203.0.113.10';

/**
 * The sender that a script names: `Pod/shop/cart-*` (the first that runs), `Node//w1`, or `outside`. Undefined: nobody
 * has that name now.
 */
export function senderOf(from: string, machines: Machines, pods: readonly KubernetesObject[]): Sender | undefined {
  if (from === 'outside') return { machine: undefined, fromIp: OUTSIDE_IP, resolvConf: HOST_RESOLV_CONF };
  const { kind, namespace, name } = parseObjectIdentity(from);
  if (kind === 'Node') {
    const machine = machines.byName.get(name);
    return machine && { machine: machine.name, fromIp: machine.hostIp, resolvConf: HOST_RESOLV_CONF };
  }
  const pod = pods.find((one) => namespaceOf(one) === namespace && isLike(nameOf(one), name) && runs(one));
  const [machine, fromIp] = [nameAt(pod, 'spec', 'nodeName'), nameAt(pod, 'status', 'podIP')];
  return pod && machine !== undefined && fromIp !== undefined
    ? { machine, fromIp, resolvConf: resolvConfOf(pod) }
    : undefined;
}

function runs(pod: KubernetesObject): boolean {
  return stringAt(pod, 'status', 'phase') === 'Running' && !isBeingDeleted(pod);
}

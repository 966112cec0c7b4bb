import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { TrafficOrder } from './traffic.ts';

const NAMED = /^(?:Pod|Service|Ingress)\/[^/]+\/[^/]+$/;

/**
 * The order with an address in place of the object that `to` names: `Pod/shop/web-0`, `Service/shop/web` (its name for
 * Pods, its cluster IP for Nodes, the address of its load balancer for who is outside), `Ingress/shop/web` (its address,
 * and the host of its first rule). As it is where the object is not there or has none.
 */
export function withAddress<Order extends Pick<TrafficOrder, 'from' | 'to' | 'host'>>(
  order: Order,
  objects: () => readonly KubernetesObject[],
): Order {
  if (!NAMED.test(order.to)) return order;
  const { kind, namespace, name } = parseObjectIdentity(order.to);
  const target = objects().find(
    (object) => object.kind === kind && namespaceOf(object) === namespace && nameOf(object) === name,
  );
  const [published] = arrayAt(target, 'status', 'loadBalancer', 'ingress').flatMap(
    (point) => nameAt(point, 'ip') ?? [],
  );
  if (kind === 'Pod') return { ...order, to: nameAt(target, 'status', 'podIP') ?? order.to };
  if (kind === 'Ingress') {
    const host = arrayAt(target, 'spec', 'rules').flatMap((rule) => nameAt(rule, 'host') ?? [])[0];
    return { ...order, to: published ?? order.to, ...(host === undefined ? {} : { host }) };
  }
  if (order.from === 'outside') return { ...order, to: published ?? order.to };
  if (order.from.startsWith('Node/')) return { ...order, to: nameAt(target, 'spec', 'clusterIP') ?? order.to };
  return { ...order, to: `${name}.${namespace}.svc.cluster.local` };
}

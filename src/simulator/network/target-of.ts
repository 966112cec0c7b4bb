import { conditionsOf, hasCondition } from '../../apimachinery/conditions.ts';
import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import { isControlPlane } from '../topology.ts';
import type { TrafficOrder } from './traffic.ts';

const NAMED = /^(?:Pod|Service|Ingress|HTTPRoute)\/[^/]+\/[^/]+$/;

type Addressed = Pick<TrafficOrder, 'from' | 'to' | 'host' | 'target'> & Partial<Pick<TrafficOrder, 'port'>>;

/**
 * The order with an address in place of the object that `to` names: `Pod/shop/web-0`, `Service/shop/web` (its name for
 * Pods, its cluster IP for Nodes; for who is outside the address of its load balancer, or a Node with its node port),
 * `Ingress/shop/web` (its address, and the host of its first rule where the order has none), `HTTPRoute/shop/web` (its
 * first host, or where its proxy listens). As it is where the object is not there or has none.
 */
export function withAddress<Order extends Addressed>(order: Order, objects: () => readonly KubernetesObject[]): Order {
  if (!NAMED.test(order.to)) return order;
  const all = objects();
  const { kind, namespace, name } = parseObjectIdentity(order.to);
  const target = all.find(
    (object) => object.kind === kind && namespaceOf(object) === namespace && nameOf(object) === name,
  );
  return target === undefined ? order : { ...order, target: order.to, ...addressOf(order, target, all) };
}

function addressOf(
  order: Addressed,
  target: KubernetesObject,
  all: readonly KubernetesObject[],
): Partial<Pick<TrafficOrder, 'to' | 'port' | 'host'>> {
  const { from, port, host } = order;
  switch (target.kind) {
    case 'Pod':
      return { to: nameAt(target, 'status', 'podIP') ?? order.to };
    case 'Ingress': {
      const own = host ?? hostsOf(target)[0];
      return { to: publishedAt(target) ?? order.to, ...(own === undefined ? {} : { host: own }) };
    }
    case 'HTTPRoute': {
      const own = host ?? hostsOf(target)[0];
      const proxy = all.find((node) => node.kind === 'Node' && isControlPlane(node));
      return own === undefined ? { to: (proxy && addressOfNode(proxy)) ?? order.to } : { to: own };
    }
    default:
      if (from === 'outside') return publicly(target, port, all) ?? {};
      if (from.startsWith('Node/')) return { to: nameAt(target, 'spec', 'clusterIP') ?? order.to };
      return { to: `${nameOf(target)}.${namespaceOf(target) ?? ''}.svc.cluster.local` };
  }
}

/** Where somebody outside the cluster reaches a port of a Service; undefined where nobody does. */
function publicly(
  service: KubernetesObject,
  port: number | undefined,
  all: readonly KubernetesObject[],
): Pick<TrafficOrder, 'to'> | Pick<TrafficOrder, 'to' | 'port'> | undefined {
  const published = publishedAt(service);
  if (published !== undefined) return { to: published };
  const found = arrayAt(service, 'spec', 'ports').find((one) => numberAt(one, 'port') === port);
  const nodePort = numberAt(found, 'nodePort');
  const [node] = all.filter(
    (one) => one.kind === 'Node' && hasCondition(conditionsOf(one), 'Ready', 'True') && !isControlPlane(one),
  );
  const to = node && addressOfNode(node);
  return nodePort === undefined || to === undefined ? undefined : { to, port: nodePort };
}

function addressOfNode(node: KubernetesObject): string | undefined {
  const own = arrayAt(node, 'status', 'addresses').find((address) => stringAt(address, 'type') === 'InternalIP');
  return stringAt(own, 'address');
}

function publishedAt(object: KubernetesObject): string | undefined {
  return arrayAt(object, 'status', 'loadBalancer', 'ingress').flatMap((point) => nameAt(point, 'ip') ?? [])[0];
}

/** Hosts that an Ingress or an HTTPRoute has rules for; one that stands for many as one of them. */
export function hostsOf(route: KubernetesObject): readonly string[] {
  const hosts =
    route.kind === 'Ingress'
      ? arrayAt(route, 'spec', 'rules').flatMap((rule) => nameAt(rule, 'host') ?? [])
      : arrayAt(route, 'spec', 'hostnames').map(String);
  return [...new Set(hosts.map((host) => host.replace(/^\*\./, 'www.')))];
}

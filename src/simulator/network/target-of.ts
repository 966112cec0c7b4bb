import { conditionsOf, hasCondition } from '../../apimachinery/conditions.ts';
import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { Family } from './addresses.ts';
import { familyNumber, ofFamily } from './addresses.ts';
import { isControlPlane } from '../topology.ts';
import type { TrafficOrder } from './traffic.ts';

const NAMED = /^(?:Pod|Service|Ingress|HTTPRoute)\/[^/]+\/[^/]+$/;

type Addressed = Pick<TrafficOrder, 'from' | 'to' | 'host' | 'target' | 'ipFamily'> &
  Partial<Pick<TrafficOrder, 'port'>>;

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
  const family = order.ipFamily === undefined ? undefined : familyNumber(order.ipFamily);
  switch (target.kind) {
    case 'Pod':
      return { to: chosen(textsAt(arrayAt(target, 'status', 'podIPs'), 'ip'), family) ?? order.to };
    case 'Ingress': {
      const own = host ?? hostsOf(target)[0];
      return { to: publishedAt(target, family) ?? order.to, ...(own === undefined ? {} : { host: own }) };
    }
    case 'HTTPRoute': {
      const own = host ?? hostsOf(target)[0];
      const proxy = all.find((node) => node.kind === 'Node' && isControlPlane(node));
      return own === undefined ? { to: (proxy && addressOfNode(proxy, family)) ?? order.to } : { to: own };
    }
    default:
      if (from === 'outside') return publicly(target, port, all, family) ?? {};
      if (from.startsWith('Node/')) {
        const ips = arrayAt(target, 'spec', 'clusterIPs').map(String);
        return { to: chosen(ips, family) ?? order.to };
      }
      return { to: `${nameOf(target)}.${namespaceOf(target) ?? ''}.svc.cluster.local` };
  }
}

/** Where somebody outside the cluster reaches a port of a Service; undefined where nobody does. */
function publicly(
  service: KubernetesObject,
  port: number | undefined,
  all: readonly KubernetesObject[],
  family: Family | undefined,
): Pick<TrafficOrder, 'to'> | Pick<TrafficOrder, 'to' | 'port'> | undefined {
  const published = publishedAt(service, family);
  if (published !== undefined) return { to: published };
  const found = arrayAt(service, 'spec', 'ports').find((one) => numberAt(one, 'port') === port);
  const nodePort = numberAt(found, 'nodePort');
  const [node] = all.filter(
    (one) => one.kind === 'Node' && hasCondition(conditionsOf(one), 'Ready', 'True') && !isControlPlane(one),
  );
  // Node ports are served at addresses of the Service’s families.
  const [first] = arrayAt(service, 'spec', 'ipFamilies');
  const to = node && addressOfNode(node, family ?? (first === 'IPv6' ? 6 : 4));
  return nodePort === undefined || to === undefined ? undefined : { to, port: nodePort };
}

function addressOfNode(node: KubernetesObject, family: Family | undefined): string | undefined {
  const own = arrayAt(node, 'status', 'addresses').filter((address) => stringAt(address, 'type') === 'InternalIP');
  return chosen(textsAt(own, 'address'), family);
}

function publishedAt(object: KubernetesObject, family: Family | undefined): string | undefined {
  return chosen(textsAt(arrayAt(object, 'status', 'loadBalancer', 'ingress'), 'ip'), family);
}

function textsAt(list: readonly JsonValue[], field: string): readonly string[] {
  return list.flatMap((one) => nameAt(one, field) ?? []);
}

/** The first that is of the family, where one is asked for. */
function chosen(ips: readonly string[], family: Family | undefined): string | undefined {
  return family === undefined ? ips[0] : ofFamily(ips, family);
}

/** Hosts that an Ingress or an HTTPRoute has rules for; one that stands for many as one of them. */
export function hostsOf(route: KubernetesObject): readonly string[] {
  const hosts =
    route.kind === 'Ingress'
      ? arrayAt(route, 'spec', 'rules').flatMap((rule) => nameAt(rule, 'host') ?? [])
      : arrayAt(route, 'spec', 'hostnames').map(String);
  return [...new Set(hosts.map((host) => host.replace(/^\*\./, 'www.')))];
}

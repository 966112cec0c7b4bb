import { familyOf } from '../network/addresses.ts';
import type { PacketParameters } from '../network/packets.ts';
import type { BalancerOrder } from './cloud.ts';

/** A load balancer of the cloud. Immutable. */
export interface Balancer {
  /** Its addresses, one of each family of the Service. */
  readonly ips: readonly string[];
  readonly order: BalancerOrder;
  /** Health of its Nodes by name: failures in a row; undefined before the first check. */
  readonly failures: ReadonlyMap<string, number>;
  readonly healthy: ReadonlySet<string>;
}

/** A load balancer with other ports or Nodes: what is known of the health of those that stay is kept. */
export function withNodes(known: Balancer | undefined, order: BalancerOrder, ips: readonly string[]): Balancer {
  const names = new Set(order.nodes.map(({ name }) => name));
  const isSame = known?.order.healthPort === order.healthPort;
  return {
    ips,
    order,
    failures: new Map([...(isSame ? known.failures : [])].filter(([name]) => names.has(name))),
    healthy: new Set([...(isSame ? known.healthy : [])].filter((name) => names.has(name))),
  };
}

/** One check that succeeds makes a Node healthy; it takes some that fail in a row until nothing is sent to it. */
export function withCheck(balancer: Balancer, node: string, isHealthy: boolean, unhealthyAfter: number): Balancer {
  const failures = new Map(balancer.failures).set(node, isHealthy ? 0 : (balancer.failures.get(node) ?? 0) + 1);
  const healthy = new Set(balancer.healthy);
  if (isHealthy) healthy.add(node);
  else if ((failures.get(node) ?? 0) >= unhealthyAfter) healthy.delete(node);
  return { ...balancer, failures, healthy };
}

/** In the order in which the cloud was told of them. */
export function healthyNodes({ order, healthy }: Balancer): readonly string[] {
  return order.nodes.flatMap(({ name }) => (healthy.has(name) ? [name] : []));
}

/** The load balancer that a packet is for. */
export function balancerFor(
  balancers: readonly Balancer[],
  { toIp, port, protocol }: Pick<PacketParameters, 'toIp' | 'port' | 'protocol'>,
): Balancer | undefined {
  return balancers.find(
    ({ ips, order }) =>
      ips.includes(toIp) && order.ports.some((own) => own.port === port && own.protocol.toLowerCase() === protocol),
  );
}

/** The Node that a client always gets while it is healthy. */
export function stickyNode(nodes: readonly string[], fromIp: string): string {
  const parts =
    familyOf(fromIp) === 6
      ? fromIp.split(':').map((part) => Number(`0x${part || '0'}`))
      : fromIp.split('.').map(Number);
  const sum = parts.reduce((all, part) => (all * 31 + part) % 65_521, 0);
  return nodes[sum % nodes.length]!;
}

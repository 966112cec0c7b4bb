import type { Waning } from '../proxy-mode.ts';

/** How long a closed TCP connection is known to IPVS. Source: net/netfilter/ipvs/ip_vs_proto_tcp.c `tcp_timeouts`, TIME_WAIT, of Linux. */
const TIME_WAIT_MS = 120_000;
/** Source: pkg/proxy/ipvs/graceful_termination.go `rsCheckDeleteInterval`, 1.36. */
const CHECK_MS = 60_000;

/** A real server of a virtual server, and how many connections the kernel knows of. */
export interface LeavingServer {
  readonly protocol: string;
  readonly activeConnections: number;
  readonly inactiveConnections: number;
}

/**
 * What becomes of a real server that is no endpoint any more: with connections it stays, at a weight of 0, so that they can
 * end; those of UDP and SCTP do not count.
 * Source: pkg/proxy/ipvs/graceful_termination.go `GracefulDeleteRS` and `deleteRsFunc`, 1.36.
 */
export function leavesAs({ protocol, activeConnections, inactiveConnections }: LeavingServer): 'deleted' | 'weight 0' {
  const isGraceful = protocol !== 'udp' && protocol !== 'sctp';
  return isGraceful && activeConnections + inactiveConnections !== 0 ? 'weight 0' : 'deleted';
}

/** When the last connection to a real server was opened, by virtual and real server: `tcp 10.96.0.1:80 10.244.1.2:80`. */
export type Connections = ReadonlyMap<string, number>;

export function connectionKey(server: string, real: string): string {
  return `${server} ${real}`;
}

/** The connections that the kernel still knows at a moment. */
export function liveConnections(connections: Connections, nowMs: number): Connections {
  return new Map([...connections].filter(([, lastMs]) => nowMs - lastMs < TIME_WAIT_MS));
}

/**
 * Real servers that are gone from the rules but still there, for the connections they had when they went: until kube-proxy
 * looks after the last has ended.
 */
export function waningServers(
  connections: Connections,
  isServing: (server: string, real: string) => 'yes' | 'no' | 'no such server',
  nowMs: number,
  startedMs: number,
): Waning {
  const found = new Map<string, string[]>();
  for (const [key, lastMs] of connections) {
    const at = key.lastIndexOf(' ');
    const [server, real] = [key.slice(0, at), key.slice(at + 1)];
    const [protocol = ''] = server.split(' ');
    const endsMs = startedMs + Math.ceil((lastMs + TIME_WAIT_MS - startedMs) / CHECK_MS) * CHECK_MS;
    if (nowMs >= endsMs || isServing(server, real) !== 'no') continue;
    if (leavesAs({ protocol, activeConnections: 0, inactiveConnections: 1 }) === 'deleted') continue;
    found.set(server, [...(found.get(server) ?? []), real]);
  }
  return found;
}

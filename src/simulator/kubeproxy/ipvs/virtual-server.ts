import { compareStrings } from '../../../base/compare.ts';
import type { EndpointChoice } from '../categorize-endpoints.ts';
import type { ServicePort } from '../service-port.ts';

/** An address at which IPVS takes connections, and those to which it gives them. */
export interface VirtualServer {
  readonly ip: string;
  readonly port: number;
  readonly protocol: string;
  /** How long a client stays with its real server; undefined: for one connection. */
  readonly affinitySeconds: number | undefined;
  readonly real: readonly RealServer[];
}

export interface RealServer {
  readonly ip: string;
  readonly port: number;
  /** `10.244.1.2:80`. */
  readonly address: string;
  /** On another Node, though the policy is Local: what comes from elsewhere gets no answer. */
  readonly isFallback: boolean;
}

/** How real servers take turns where nothing else is configured. Source: pkg/proxy/ipvs/proxier.go `defaultScheduler`, 1.36. */
export const SCHEDULER = 'rr';

/** `tcp 10.96.0.1:443`: no two virtual servers of a kernel have the same. */
export function serverKey({ ip, port, protocol }: Pick<VirtualServer, 'ip' | 'port' | 'protocol'>): string {
  return `${protocol} ${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}

/**
 * The real servers of a port: those of its policy; where the policy is Local and none is here, those of all Nodes.
 * Source: pkg/proxy/ipvs/proxier.go `syncEndpoint`, 1.36.
 */
export function realServers({ cluster = [], local = [] }: EndpointChoice, isLocal: boolean): readonly RealServer[] {
  const isFallback = isLocal && local.length === 0;
  return (isLocal && !isFallback ? local : cluster)
    .map(({ ip, port, address }) => ({ ip, port, address, isFallback }))
    .sort((a, b) => compareStrings(a.address, b.address));
}

export function virtualServer(
  port: ServicePort,
  at: { readonly ip: string; readonly port: number },
  real: readonly RealServer[],
): VirtualServer {
  return { ...at, protocol: port.protocol, affinitySeconds: port.affinitySeconds, real };
}

const FLAGS: Readonly<Record<string, string>> = { tcp: '-t', udp: '-u', sctp: '--sctp-service' };

/** The commands that make it, as `ipvsadm -Sn` prints them; `waning`: real servers that get no new connections any more. */
export function serverLines(server: VirtualServer, waning: readonly string[] = []): readonly string[] {
  const { protocol, affinitySeconds, real } = server;
  const service = `${FLAGS[protocol] ?? ''} ${serverKey(server).slice(protocol.length + 1)}`;
  const sticky = affinitySeconds === undefined ? '' : ` -p ${affinitySeconds}`;
  const line = (address: string, weight: number): string => `-a ${service} -r ${address} -m -w ${weight}`;
  return [
    `-A ${service} -s ${SCHEDULER}${sticky}`,
    ...real.map(({ address }) => line(address, 1)),
    ...waning.map((address) => line(address, 0)),
  ];
}

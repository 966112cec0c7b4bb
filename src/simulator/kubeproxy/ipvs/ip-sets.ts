import { isIn } from '../address-match.ts';
import type { Packet, SetTest } from '../trace-packet.ts';

type SetType = 'hash:ip,port' | 'hash:ip,port,ip' | 'hash:ip,port,net' | 'bitmap:port' | 'hash:ip';

/** The IP sets of kube-proxy with their types and comments. Source: pkg/proxy/ipvs/ipset.go and proxier.go `ipsetInfo`, 1.36. */
export const IP_SETS = {
  'KUBE-LOOP-BACK': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose',
  },
  'KUBE-CLUSTER-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service cluster ip + port for masquerade purpose',
  },
  'KUBE-EXTERNAL-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port for masquerade and filter purpose',
  },
  'KUBE-EXTERNAL-IP-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port with externalTrafficPolicy=local',
  },
  'KUBE-LOAD-BALANCER': { type: 'hash:ip,port', comment: 'Kubernetes service lb portal' },
  'KUBE-LOAD-BALANCER-FW': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port for load balancer with sourceRange',
  },
  'KUBE-LOAD-BALANCER-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
  },
  'KUBE-LOAD-BALANCER-SOURCE-IP': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
  },
  'KUBE-LOAD-BALANCER-SOURCE-CIDR': {
    type: 'hash:ip,port,net',
    comment: 'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
  },
  'KUBE-NODE-PORT-TCP': { type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port for masquerade purpose' },
  'KUBE-NODE-PORT-LOCAL-TCP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport TCP port with externalTrafficPolicy=local',
  },
  'KUBE-NODE-PORT-UDP': { type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port for masquerade purpose' },
  'KUBE-NODE-PORT-LOCAL-UDP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport UDP port with externalTrafficPolicy=local',
  },
  'KUBE-NODE-PORT-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
  },
  'KUBE-NODE-PORT-LOCAL-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
  },
  'KUBE-HEALTH-CHECK-NODE-PORT': { type: 'bitmap:port', comment: 'Kubernetes health check node port' },
  'KUBE-IPVS-IPS': { type: 'hash:ip', comment: 'Addresses on the ipvs interface' },
} as const satisfies Readonly<Record<string, { readonly type: SetType; readonly comment: string }>>;

export type IpSetName = keyof typeof IP_SETS;

export const IP_SET_NAMES = Object.keys(IP_SETS) as readonly IpSetName[];

/** Entries by set, as `ipset save` writes them: `10.96.0.1,tcp:443`. */
export type IpSets = Map<IpSetName, Set<string>>;

const NAME_LENGTH_MAX = 31;

/** How the kernel calls a set: those of IPv6 have a name of their own. Source: pkg/proxy/ipvs/ipset.go `NewIPSet`, 1.36. */
export function kernelName(name: IpSetName, family: 4 | 6): string {
  return family === 4 ? name : name.replace('KUBE-', 'KUBE-6-').slice(0, NAME_LENGTH_MAX);
}

export function addEntry(sets: IpSets, name: IpSetName, entry: string): void {
  const own = sets.get(name);
  if (own === undefined) sets.set(name, new Set([entry]));
  else own.add(entry);
}

export function isEmpty(sets: IpSets, name: IpSetName): boolean {
  return (sets.get(name)?.size ?? 0) === 0;
}

/** Whether a set has what a rule asks of a packet. */
export function setTest(sets: IpSets, family: 4 | 6): SetTest {
  const names = new Map(IP_SET_NAMES.map((name) => [kernelName(name, family), name]));
  return (kernel, ends, packet) => {
    const name = names.get(kernel);
    const entries = name === undefined ? undefined : sets.get(name);
    return name !== undefined && entries !== undefined && has(entries, IP_SETS[name].type, ends, packet);
  };
}

function has(entries: ReadonlySet<string>, type: SetType, ends: string, packet: Packet): boolean {
  const { fromIp, toIp, protocol, port } = packet;
  const service = `${ends.startsWith('src') ? fromIp : toIp},${protocol}:${port}`;
  switch (type) {
    case 'bitmap:port':
      return entries.has(String(port));
    case 'hash:ip':
      return entries.has(toIp);
    case 'hash:ip,port':
      return entries.has(service);
    case 'hash:ip,port,ip':
      return entries.has(`${service},${fromIp}`);
    case 'hash:ip,port,net':
      return [...entries].some(
        (entry) => entry.startsWith(`${service},`) && isIn(fromIp, entry.slice(service.length + 1)),
      );
  }
}

import type { Packet, PacketTrace, PacketWorld } from '../trace-packet.ts';
import { RuleWalk } from '../trace-packet.ts';
import { setTest } from './ip-sets.ts';
import type { IpvsState } from './node-servers.ts';
import type { RealServer, VirtualServer } from './virtual-server.ts';
import { SCHEDULER, serverKey } from './virtual-server.ts';

/** Chains of the filter table that packets for this machine meet, the last that was put before the others first. */
const INPUT = ['KUBE-IPVS-FILTER', 'KUBE-PROXY-FIREWALL', 'KUBE-NODE-PORT'] as const;
const FORWARD = ['KUBE-PROXY-FIREWALL', 'KUBE-FORWARD'] as const;

/**
 * Sends the first packet of a connection through the rules and to a virtual server. The addresses of Services are the
 * machine's own, on `kube-ipvs0`, so the filters of what comes in meet it before IPVS takes it.
 * Source: pkg/proxy/ipvs/proxier.go `iptablesJumpChain`, 1.36; net/netfilter/ipvs/ip_vs_core.c `ip_vs_in_hook` of Linux.
 */
export function traceServers(state: IpvsState, family: 4 | 6, packet: Packet, world: PacketWorld): PacketTrace {
  const { servers, sets, rules } = state;
  const bound = sets.get('KUBE-IPVS-IPS') ?? new Set<string>();
  const localIps = new Set([...world.localIps, ...bound]);
  const walk = new RuleWalk(rules, { ...world, localIps }, setTest(sets, family));
  walk.run('nat', 'KUBE-SERVICES', packet);
  for (const chain of localIps.has(packet.toIp) ? INPUT : FORWARD) {
    const verdict = walk.run('filter', chain, packet);
    if (verdict === 'REJECT' || verdict === 'DROP')
      return walk.trace({ type: verdict === 'REJECT' ? 'rejected' : 'dropped' });
    if (verdict === 'ACCEPT') break;
  }
  const server = servers.get(serverKey({ ...packet, ip: packet.toIp }));
  if (server === undefined) return walk.trace({ type: 'passed' });
  const chosen = choose(server, world);
  // A virtual server without any real one says that nobody is there. Source: the same file of Linux, `ip_vs_leave`.
  if (chosen === undefined) return walk.trace({ type: 'rejected' });
  const { real, turn, list } = chosen;
  const name = serverKey(server);
  walk.matched.push(`${name} ${SCHEDULER} -> ${real.address}`);
  if (walk.run('nat', 'KUBE-POSTROUTING', { ...packet, toIp: real.ip, port: real.port }) === 'MASQUERADE')
    walk.isMasqueraded = true;
  return {
    ...walk.trace({ type: 'sent', to: real.address }),
    server: { name, turn },
    ...(server.affinitySeconds === undefined ? {} : { remembered: [list] }),
    ...(real.isFallback && !walk.isMasqueraded ? { hasNoWayBack: true as const } : {}),
  };
}

interface Chosen {
  readonly real: RealServer;
  readonly turn: number;
  /** Under which the client is remembered. */
  readonly list: string;
}

/** The real server to which the client was sent before, or that whose turn it is. */
function choose(server: VirtualServer, world: PacketWorld): Chosen | undefined {
  const { real, affinitySeconds: seconds } = server;
  const name = serverKey(server);
  const at = (turn: number): Chosen | undefined => {
    const one = real[turn];
    return one && { real: one, turn, list: `${name} ${one.address}` };
  };
  if (seconds !== undefined) {
    const known = real.findIndex(({ address }) => world.remembers(`${name} ${address}`, seconds));
    if (known >= 0) return at(known);
  }
  return real.length === 0 ? undefined : at(world.turnOf(name, real.length));
}

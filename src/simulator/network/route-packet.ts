import type { ComponentId } from '../component.ts';
import { healthAnswer } from '../kubeproxy/health-checks.ts';
import type { ProxyRules } from '../kubeproxy/proxy-rules.ts';
import type { PacketTrace } from '../kubeproxy/trace-packet.ts';
import { hostOf } from '../kubeproxy/trace-packet.ts';
import { PUBLIC_DNS_IPS, familyOf, isBalancerIp, isRoutedNowhere } from './addresses.ts';
import type { Machine, Machines } from './machines.ts';
import { hostIpFor, machineAt } from './machines.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';

/** Where a packet goes from a machine: on to another one or the cloud, to a Pod or a process here, or nowhere. */
export type Route = { readonly packet: PacketParameters } & (
  | { readonly type: 'machine'; readonly machine: Machine }
  /** To the cloud, which has a load balancer of that address. */
  | { readonly type: 'balancer' }
  /** To the DNS of the world. */
  | { readonly type: 'public-dns' }
  | { readonly type: 'pod' }
  | { readonly type: 'process'; readonly component: ComponentId }
  | { readonly type: 'ends'; readonly answer: PacketAnswer }
);

export const DNS_PORT = 53;

/**
 * Where a packet goes after the rules of a machine. `own` is the machine, undefined for a client outside the cluster;
 * `trace` what its rules did, undefined where it has none.
 */
export function routePacket(
  machines: Machines,
  own: string | undefined,
  packet: PacketParameters,
  trace: PacketTrace | undefined,
): Route {
  const { verdict } = trace ?? { verdict: { type: 'passed' } as const };
  const ends = (answer: PacketAnswer): Route => ({ type: 'ends', packet, answer });
  if (verdict.type === 'rejected') return ends({ type: 'refused', by: own ?? '' });
  if (verdict.type === 'dropped') return ends({ type: 'timeout' });
  const here = own === undefined ? undefined : machines.byName.get(own);
  const sent = verdict.type === 'sent' ? sentTo(packet, verdict.to) : packet;
  if (trace?.hasNoWayBack === true && machineAt(machines, sent.toIp)?.name !== own) {
    // Not before the Pod of another Node has answered past this one does it fail.
    if (machineAt(machines, packet.fromIp)?.name !== own) return ends({ type: 'timeout' });
  }
  const isMasqueraded = trace?.isMasqueraded === true && here !== undefined;
  const next = isMasqueraded ? { ...sent, fromIp: hostIpFor(here, familyOf(sent.toIp)) } : sent;
  const machine = machineAt(machines, next.toIp);
  if (machine === undefined && isBalancerIp(next.toIp))
    // A Node whose kube-proxy does not know the address yet drops what is sent to it.
    return next.isBalanced === true ? ends({ type: 'timeout' }) : { type: 'balancer', packet: next };
  if (next.toIp === PUBLIC_DNS_IPS[familyOf(next.toIp)] && next.port === DNS_PORT)
    return { type: 'public-dns', packet: next };
  if (machine === undefined) return ends(isRoutedNowhere(next.toIp) ? { type: 'timeout' } : { type: 'outside' });
  if (machine.name !== own) return { type: 'machine', machine, packet: next };
  if (!machine.hostIps.includes(next.toIp)) return { type: 'pod', packet: next };
  const component = machine.listeners.find(({ port }) => port === next.port)?.component;
  return component === undefined
    ? ends({ type: 'refused', by: machine.name })
    : { type: 'process', component, packet: next };
}

function sentTo(packet: PacketParameters, address: string): PacketParameters {
  return { ...packet, toIp: hostOf(address), port: Number(address.slice(address.lastIndexOf(':') + 1)) };
}

/** What the API server says to somebody whom it does not know: `system:public-info-viewer` may see a few paths. */
export function apiServerAnswer(by: ComponentId, path: string): PacketAnswer {
  const isPublic = ['/healthz', '/livez', '/readyz', '/version', '/version/'].includes(path);
  return { type: 'answered', by, code: isPublic ? 200 : 403 };
}

/** What the kube-proxy of a machine answers; undefined where the packet is not for it, or it does not run. */
export function proxyAnswer(
  rules: ProxyRules | undefined,
  { toIp, port }: PacketParameters,
  isRunning: (component: string) => boolean,
): PacketAnswer | undefined {
  const family = rules?.settings.families.find(({ nodeIp }) => nodeIp === toIp)?.family;
  if (rules === undefined || family === undefined) return undefined;
  const by = `kube-proxy/${rules.settings.name}`;
  const health = isRunning(by) ? healthAnswer(rules, port, family) : undefined;
  return health && { type: 'answered', by, ...health };
}

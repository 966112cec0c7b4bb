import { CLOUD } from '../cloud/cloud.ts';
import type { Context } from '../component.ts';
import { DNS_QUERIES } from '../coredns/coredns.ts';
import { INGRESS_PROXY } from '../ingress/ingress-proxy.ts';
import type { ProxySettings } from '../kubeproxy/proxy-rules.ts';
import { traceBy } from '../kubeproxy/proxy-rules.ts';
import { connectionKey } from '../kubeproxy/ipvs/graceful-termination.ts';
import type { PacketTrace } from '../kubeproxy/trace-packet.ts';
import type { CallMessage } from '../messages.ts';
import { familyOf, hostPort } from './addresses.ts';
import { VXLAN_PORT } from './pod-network/pod-network.ts';
import { hostIpFor, machineAt } from './machines.ts';
import type { LinuxState } from './linux.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';
import { PACKET } from './packets.ts';
import type { PolicySays, PolicyStop } from './policies/network-policies.ts';
import { policiesSay } from './policies/network-policies.ts';
import type { Route } from './route-packet.ts';
import { DNS_PORT, apiServerAnswer, proxyAnswer, routePacket } from './route-packet.ts';

/** What a machine did with a packet: sent it on, with a call of that id, or knows the answer at once. */
type Forwarded = { readonly id: number } | { readonly answer: PacketAnswer };

/** A packet meets the rules of a machine and goes on from there: to a process, a Pod, or another machine. */
export function arrive(state: LinuxState, packet: PacketParameters, context: Context): Forwarded {
  const { machine: own, machines } = state.settings;
  const trace = traced(state, packet, context);
  const route = routePacket(machines, own, packet, trace);
  const { packet: next } = route;
  const { stop, ...allowedBy } = said(state, packet, route);
  if (stop !== undefined) {
    const dropped = { from: packet.fromIp, asked: packet.asked, to: hostPort(next.toIp, next.port), ...stop };
    context.note({ class: 'packet', verb: 'dropped', object: policyNamed(stop), detail: dropped });
    return { answer: { type: 'timeout', stop } };
  }
  if (route.type === 'ends') {
    const isRunning = (component: string): boolean => context.running(component).includes(component);
    return { answer: proxyAnswer(state.rules, packet, isRunning) ?? route.answer };
  }
  const detail = {
    from: packet.fromIp,
    asked: packet.asked,
    to: hostPort(next.toIp, next.port),
    question: packet.question,
    ...(packet.family === 6 ? { type: 'AAAA' } : {}),
    ...(trace === undefined || trace.rules.length === 0 ? {} : { rules: trace.rules }),
    ...(packet.protocol === 'tcp' || next.port === DNS_PORT ? {} : { protocol: packet.protocol }),
    ...(next.fromIp === packet.fromIp ? {} : { masqueradedAs: next.fromIp }),
    ...(Object.keys(allowedBy).length === 0 ? {} : { allowedBy }),
    ...wrappedFor(state, route),
  };
  const id = context.next('packet');
  const pass = (to: string, call: Omit<CallMessage, 'type' | 'id'>): Forwarded => {
    context.send(to, { type: 'call', id, ...call }, { class: 'packet', verb: packet.question, detail });
    return { id };
  };
  const parameters = Object.freeze({ ...next });
  if (route.type === 'public-dns')
    return context.running(INGRESS_PROXY).length > 0
      ? pass(INGRESS_PROXY, {
          method: DNS_QUERIES[next.family ?? 4],
          parameters: Object.freeze({ name: next.question }),
        })
      : { answer: { type: 'outside' } };
  if (route.type === 'balancer')
    return context.running(CLOUD).length > 0
      ? pass(CLOUD, { method: PACKET, parameters })
      : { answer: { type: 'outside' } };
  if (route.type === 'machine') return pass(`linux/${route.machine.name}`, { method: PACKET, parameters });
  if (route.type === 'pod') return pass(`containerd/${own ?? ''}`, { method: PACKET, parameters });
  const { component } = route;
  if (!context.running(component).includes(component)) return { answer: { type: 'refused', by: own ?? '' } };
  if (component === INGRESS_PROXY) return pass(component, { method: PACKET, parameters });
  if (next.port !== DNS_PORT) return { answer: apiServerAnswer(component, next.question) };
  return pass(component, { method: DNS_QUERIES[next.family ?? 4], parameters: Object.freeze({ name: next.question }) });
}

/** The addresses of the packet in which the overlay wraps this one for another Node. */
function wrappedFor({ settings }: LinuxState, { type, packet }: Route): { readonly wrappedAs?: string } {
  const { machine: own, machines } = settings;
  const here = own === undefined ? undefined : machines.byName.get(own);
  const next = machineAt(machines, packet.toIp);
  if (machines.network.podNetwork !== 'overlay' || type !== 'machine' || here === undefined || next === undefined)
    return {};
  if (next.hostIps.includes(packet.toIp)) return {};
  const [from, to] = [here, next].map((machine) => hostIpFor(machine, familyOf(packet.toIp)));
  return { wrappedAs: `${from} → ${hostPort(to ?? '', VXLAN_PORT)}` };
}

/** What NetworkPolicies say; nothing where there are none, or outside the cluster. */
function said({ settings, policies }: LinuxState, packet: PacketParameters, route: Route): PolicySays {
  const { machine, machines } = settings;
  if (policies === undefined || machine === undefined) return {};
  return policiesSay(policies, machines, machine, packet, route);
}

/** The first of the policies that isolate the Pod. */
function policyNamed({ policies }: PolicyStop): string | undefined {
  return policies[0] && `NetworkPolicy.networking.k8s.io/${policies[0].policy}`;
}

/** Sends the packet through the rules; undefined where the machine has none. */
function traced(state: LinuxState, packet: PacketParameters, context: Context): PacketTrace | undefined {
  const { rules, recent, turns } = state;
  if (rules === undefined) return undefined;
  const number = context.next('trace');
  let asked = 0;
  const trace = traceBy(rules, packet, {
    localIps: localIps(rules.settings),
    takes: (of) => context.random.integer(`balance/${number}/${++asked}`, 1, of) === 1,
    remembers(list, seconds) {
      const sinceMs = recent.get(`${list}/${packet.fromIp}`);
      return sinceMs !== undefined && context.nowMs - sinceMs <= seconds * 1000;
    },
    turnOf: (server, of) => ((turns.get(server) ?? -1) + 1) % of,
  });
  const { server, verdict } = trace;
  if (server !== undefined && verdict.type === 'sent') {
    turns.set(server.name, server.turn);
    state.opened.set(connectionKey(server.name, verdict.to), context.nowMs);
  }
  for (const list of trace.remembered) recent.set(`${list}/${packet.fromIp}`, context.nowMs);
  return trace;
}

/** Addresses that a machine takes for its own. */
export function localIps({ families }: ProxySettings): ReadonlySet<string> {
  return new Set(families.flatMap(({ family, nodeIp }) => [family === 6 ? '::1' : '127.0.0.1', nodeIp]));
}

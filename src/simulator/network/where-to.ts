import { parseIp } from '../../apimachinery/ip.ts';
import { CLOUD } from '../cloud/cloud.ts';
import type { DnsAnswer } from '../coredns/answer-name.ts';
import { answerName } from '../coredns/answer-name.ts';
import type { DnsRecords } from '../coredns/look-up.ts';
import { INGRESS_PROXY } from '../ingress/ingress-proxy.ts';
import type { ProxyRules } from '../kubeproxy/proxy-rules.ts';
import { traceBy } from '../kubeproxy/proxy-rules.ts';
import type { PossibleTrace } from '../kubeproxy/trace-packet.ts';
import { possibleTraces } from '../kubeproxy/trace-packet.ts';
import { inOrderOfUse } from './address-order.ts';
import type { Family } from './addresses.ts';
import { familyOf, hostPort } from './addresses.ts';
import { localIps } from './forward.ts';
import type { Machines } from './machines.ts';
import { machineAt } from './machines.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';
import type { NetworkPolicies, PolicySays } from './policies/network-policies.ts';
import { policiesSay } from './policies/network-policies.ts';
import type { WireStep } from './pod-network/wire-step.ts';
import { wireSteps } from './pod-network/wire.ts';
import type { ResolvConf } from './resolv-conf.ts';
import { endsSearch, questionsFor } from './resolv-conf.ts';
import { sourceFor } from './resolve-host.ts';
import { apiServerAnswer, proxyAnswer, routePacket } from './route-packet.ts';
import type { ServingNode } from './serve-packet.ts';
import { primaryPodIp, servePacket } from './serve-packet.ts';

/** What a moment of a run says about its network. */
export interface NetworkWorld {
  readonly machines: Machines;
  /** The rules of a machine; undefined where kube-proxy has not written any. */
  rulesOf(machine: string): ProxyRules | undefined;
  /** The NetworkPolicies that a machine enforces; undefined where it was told of none. */
  policiesOf(machine: string): NetworkPolicies | undefined;
  /** What CoreDNS knows; undefined where it does not run. */
  readonly dns: DnsRecords | undefined;
  /** What runs on a machine; undefined where it is off. */
  servingOn(machine: string): ServingNode | undefined;
  isRunning(component: string): boolean;
  /** Nodes to which a load balancer of the cloud may send a packet. */
  balancedTo(packet: PacketParameters): readonly string[];
  readonly nowMs: number;
}

/** A request that nobody has made. */
export interface Wish {
  /** The machine of the asker; undefined: outside the cluster. */
  readonly machine: string | undefined;
  readonly fromIps: readonly string[];
  readonly resolvConf: ResolvConf;
  /** Only addresses of this family are of use; all where left out. */
  readonly family?: Family;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly path: string;
}

/** A machine that the packet passes. */
export interface Hop {
  /** Undefined: the client outside the cluster. */
  readonly machine: string | undefined;
  /** Rules that match there, as the program of the proxy mode prints them. */
  readonly rules: readonly string[];
  /** Destination and sender after them. */
  readonly to: string;
  readonly from: string;
  /** Its way over the machine, device by device. */
  readonly wire: readonly WireStep[];
  /** Rules of NetworkPolicies that let it pass there: `shop/web spec.ingress[0].from[1]`. */
  readonly allowedBy: readonly string[];
}

/** One way that the request may take: one of `of` takes it. */
export interface Path {
  readonly of: number;
  readonly hops: readonly Hop[];
  /** `proxied`: it has reached the proxy of Ingresses and Gateways, whose rules say where it goes on. */
  readonly end: PacketAnswer | { readonly type: 'proxied' };
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: 'A' | 'AAAA';
  readonly answer: DnsAnswer;
}

/** Where a request would go. */
export interface WhereTo {
  readonly questions: readonly DnsQuestion[];
  /** None where the name has no address. */
  readonly paths: readonly Path[];
}

/** Where a request would go now, with every hop and rule and all that chance decides; nothing is sent. */
export function whereTo(world: NetworkWorld, wish: Wish): WhereTo {
  const { questions, found } =
    parseIp(wish.host) === undefined ? asked(world, wish) : { questions: [], found: [wish.host] };
  const { fromIps, port, protocol, path } = wish;
  // Where it gets through, nothing goes to the addresses of the other family.
  const [first] = inOrderOfUse(found, fromIps, wish.resolvConf.library);
  const fromIp = first === undefined ? undefined : sourceFor(first, fromIps);
  if (first === undefined || fromIp === undefined) return { questions, paths: [] };
  const addresses = found.filter((ip) => familyOf(ip) === familyOf(first));
  const paths = addresses.flatMap((toIp) =>
    pathsFrom(world, wish.machine, { fromIp, toIp, port, protocol, asked: hostPort(toIp, port), question: path }, 0),
  );
  return { questions, paths: paths.map((one) => ({ ...one, of: one.of * addresses.length })) };
}

/** What is asked for the addresses of a name, one family after the other, and those that are found. */
function asked(
  { dns }: NetworkWorld,
  { host, resolvConf, fromIps, family: only }: Wish,
): { readonly questions: readonly DnsQuestion[]; readonly found: readonly string[] } {
  if (dns === undefined || resolvConf.nameservers.length === 0) return { questions: [], found: [] };
  const families = fromIps.map(familyOf).filter((family) => only === undefined || family === only);
  const questions: DnsQuestion[] = [];
  const names = [...questionsFor(host, resolvConf)];
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const answers = families.map((family) => answerName(name ?? '', dns, family));
    for (const [at, answer] of answers.entries())
      questions.push({ name, type: families[at] === 6 ? 'AAAA' : 'A', answer });
    const alias = answers.find((one) => one.alias !== undefined)?.alias;
    if (alias !== undefined) names.unshift(alias);
    const found = answers.flatMap(({ addresses }) => addresses);
    if (found.length > 0 || answers.some(({ code }) => code === 'FORWARDED')) return { questions, found };
    if (endsSearch(answers, resolvConf)) break;
  }
  return { questions, found: [] };
}

/** No way has more machines: a packet that came back to one would go round for ever. */
const MOST_HOPS = 4;

function pathsFrom(
  world: NetworkWorld,
  own: string | undefined,
  packet: PacketParameters,
  hops: number,
): readonly Path[] {
  const rules = own === undefined ? undefined : world.rulesOf(own);
  const traces: readonly (PossibleTrace | undefined)[] =
    rules === undefined
      ? [undefined]
      : possibleTraces((chance) => traceBy(rules, packet, chance), {
          localIps: localIps(rules.settings),
          remembers: () => false,
        });
  return traces.flatMap((possible) => {
    const route = routePacket(world.machines, own, packet, possible?.trace);
    const { packet: next } = route;
    const policies = own === undefined ? undefined : world.policiesOf(own);
    const says: PolicySays =
      own === undefined || policies === undefined ? {} : policiesSay(policies, world.machines, own, packet, route);
    const hop: Hop = {
      allowedBy: [says.egress, says.ingress].filter((rule) => rule !== undefined),
      machine: own,
      rules: possible?.trace.rules ?? [],
      to: hostPort(next.toIp, next.port),
      from: next.fromIp,
      wire: wireSteps(world.machines, {
        machine: own,
        before: packet,
        after: next,
        to: says.stop === undefined ? route.type : 'ends',
        primaryOf: (ip) => primaryOf(world, ip),
      }),
    };
    const of = possible?.of ?? 1;
    const end = (answer: Path['end']): readonly Path[] => [{ of, hops: [hop], end: answer }];
    if (says.stop !== undefined) return end({ type: 'timeout', stop: says.stop });
    if (route.type === 'ends')
      return end(proxyAnswer(rules, next, (component) => world.isRunning(component)) ?? route.answer);
    if (route.type === 'balancer') {
      const nodes = world.balancedTo(next);
      if (nodes.length === 0) return end(world.isRunning(CLOUD) ? { type: 'timeout' } : { type: 'outside' });
      return nodes.flatMap((node) => further(world, node, { ...next, isBalanced: true }, hop, of * nodes.length, hops));
    }
    if (route.type === 'public-dns') return end({ type: 'outside' });
    if (route.type === 'process') {
      if (route.component === INGRESS_PROXY && world.isRunning(INGRESS_PROXY)) return end({ type: 'proxied' });
      const isUp = world.isRunning(route.component);
      return end(isUp ? apiServerAnswer(route.component, next.question) : { type: 'refused', by: own ?? '' });
    }
    const serving = world.servingOn(route.type === 'pod' ? (own ?? '') : route.machine.name);
    if (serving === undefined || hops === MOST_HOPS) return end({ type: 'timeout' });
    if (route.type === 'pod') return end(servePacket(serving, next, world.nowMs));
    return further(world, route.machine.name, next, hop, of, hops);
  });
}

/** The primary address of the Pod that has an address now. */
function primaryOf({ machines, servingOn }: NetworkWorld, ip: string): string {
  const machine = machineAt(machines, ip);
  const serving = machine && servingOn(machine.name);
  return serving === undefined ? ip : primaryPodIp(serving, ip);
}

/** The ways from the next machine on: `hop` comes before them, and one of `of` takes that way at all. */
function further(
  world: NetworkWorld,
  machine: string,
  packet: PacketParameters,
  hop: Hop,
  of: number,
  hops: number,
): readonly Path[] {
  return pathsFrom(world, machine, packet, hops + 1).map((path) => ({
    ...path,
    of: path.of * of,
    hops: [hop, ...path.hops],
  }));
}

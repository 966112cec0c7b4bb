import { cidrContains, parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import { compareStrings } from '../../../base/compare.ts';
import { categorizeEndpoints } from '../categorize-endpoints.ts';
import type { NodePlace } from '../categorize-endpoints.ts';
import type { Endpoint } from '../endpoints.ts';
import { endpointsOf } from '../endpoints.ts';
import type { ServiceSlices } from '../node-rules.ts';
import type { Waning } from '../proxy-mode.ts';
import type { Rule } from '../rule.ts';
import { ruleText } from '../rule.ts';
import type { ServicePort } from '../service-port.ts';
import { servicePorts } from '../service-port.ts';
import type { IpSetName, IpSets } from './ip-sets.ts';
import { addEntry, kernelName } from './ip-sets.ts';
import type { BarredServer, SetRuleSettings } from './set-rules.ts';
import { setRules } from './set-rules.ts';
import type { VirtualServer } from './virtual-server.ts';
import { realServers, serverKey, serverLines, virtualServer } from './virtual-server.ts';

/** What of a Node and of the configuration of its kube-proxy the virtual servers depend on. */
export interface IpvsSettings extends SetRuleSettings, NodePlace {
  readonly nodeIp: string;
  /** Addresses of the Node at which node ports are served: all of its own. */
  readonly nodePortIps: readonly string[];
}

/** What kube-proxy writes in this mode: virtual servers, sets, and the rules that speak of the sets. */
export interface IpvsState {
  readonly servers: ReadonlyMap<string, VirtualServer>;
  readonly sets: IpSets;
  readonly rules: readonly Rule[];
}

/** Everything of a Node that these Services need. Source: pkg/proxy/ipvs/proxier.go `syncProxyRules`, 1.36. */
export function nodeServers(services: readonly ServiceSlices[], settings: IpvsSettings): IpvsState {
  const { family, name: node } = settings;
  const servers = new Map<string, VirtualServer>();
  const sets: IpSets = new Map();
  const barred: BarredServer[] = [];
  const ports = services
    .flatMap(({ service, slices }) => servicePorts(service, family).map((port) => ({ port, slices })))
    .sort((a, b) => compareStrings(a.port.name + a.port.protocol, b.port.name + b.port.protocol));
  for (const { port, slices } of ports) {
    const { portName, protocol } = port;
    const endpoints = endpointsOf(slices, { portName, protocol, family, node });
    const choice = categorizeEndpoints(endpoints, port, settings);
    const serve = (ip: string, number: number, isLocal: boolean): void => {
      const server = virtualServer(port, { ip, port: number }, realServers(choice, isLocal));
      servers.set(serverKey(server), server);
    };
    loopBacks(sets, port, endpoints);
    serve(port.clusterIp, port.port, port.isInternalLocal);
    for (const ip of [...port.externalIps, ...port.loadBalancerIps]) serve(ip, port.port, port.isExternalLocal);
    if (port.nodePort !== 0) for (const ip of settings.nodePortIps) serve(ip, port.nodePort, port.isExternalLocal);
    entries(sets, barred, port, settings);
  }
  return { servers, sets, rules: setRules(sets, barred, settings) };
}

/** Endpoints of this Node that may ask themselves. */
function loopBacks(sets: IpSets, { protocol }: ServicePort, endpoints: readonly Endpoint[]): void {
  for (const { ip, port, isLocal } of endpoints)
    if (isLocal) addEntry(sets, 'KUBE-LOOP-BACK', `${ip},${protocol}:${port},${ip}`);
}

function entries(sets: IpSets, barred: BarredServer[], port: ServicePort, settings: IpvsSettings): void {
  const { protocol, clusterIp, isExternalLocal, loadBalancerIps, sourceRanges, nodePort, healthCheckNodePort } = port;
  const at = (ip: string): string => `${ip},${protocol}:${port.port}`;
  const bind = (ip: string): void => {
    if (!settings.nodePortIps.includes(ip)) addEntry(sets, 'KUBE-IPVS-IPS', ip);
  };
  addEntry(sets, 'KUBE-CLUSTER-IP', at(clusterIp));
  addEntry(sets, 'KUBE-IPVS-IPS', clusterIp);
  for (const ip of port.externalIps) {
    addEntry(sets, isExternalLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', at(ip));
    bind(ip);
  }
  for (const ip of loadBalancerIps) {
    addEntry(sets, 'KUBE-LOAD-BALANCER', at(ip));
    if (isExternalLocal) addEntry(sets, 'KUBE-LOAD-BALANCER-LOCAL', at(ip));
    bind(ip);
    if (sourceRanges.length === 0) continue;
    addEntry(sets, 'KUBE-LOAD-BALANCER-FW', at(ip));
    for (const range of sourceRanges) addEntry(sets, 'KUBE-LOAD-BALANCER-SOURCE-CIDR', `${at(ip)},${range}`);
    if (isNodeIn(sourceRanges, settings.nodeIp)) addEntry(sets, 'KUBE-LOAD-BALANCER-SOURCE-IP', `${at(ip)},${ip}`);
    else barred.push({ ip, protocol, port: port.port });
  }
  if (nodePort !== 0) nodePortEntries(sets, port, settings.nodePortIps);
  if (healthCheckNodePort !== 0) addEntry(sets, 'KUBE-HEALTH-CHECK-NODE-PORT', String(healthCheckNodePort));
}

function isNodeIn(ranges: readonly string[], nodeIp: string): boolean {
  const node = parseIp(nodeIp);
  return ranges.some((range) => {
    const cidr = parseCidr(range);
    return cidr !== undefined && node !== undefined && cidrContains(cidr, node);
  });
}

const NODE_PORT_SETS: Readonly<Record<string, readonly [all: IpSetName, local: IpSetName]>> = {
  tcp: ['KUBE-NODE-PORT-TCP', 'KUBE-NODE-PORT-LOCAL-TCP'],
  udp: ['KUBE-NODE-PORT-UDP', 'KUBE-NODE-PORT-LOCAL-UDP'],
  sctp: ['KUBE-NODE-PORT-SCTP-HASH', 'KUBE-NODE-PORT-LOCAL-SCTP-HASH'],
};

/** Ports of SCTP are told with each address of the Node, those of others alone. */
function nodePortEntries(
  sets: IpSets,
  { protocol, nodePort, isExternalLocal }: ServicePort,
  ips: readonly string[],
): void {
  const [all, local] = NODE_PORT_SETS[protocol] ?? [];
  if (all === undefined || local === undefined || ips.length === 0) return;
  const own = protocol === 'sctp' ? ips.map((ip) => `${ip},${protocol}:${nodePort}`) : [String(nodePort)];
  for (const entry of own) {
    addEntry(sets, all, entry);
    if (isExternalLocal) addEntry(sets, local, entry);
  }
}

/** One line for each virtual server, real server, address of `kube-ipvs0` and entry of a set. */
export function serviceLines(
  { servers, sets }: IpvsState,
  family: 4 | 6,
  waning: Waning = new Map(),
): readonly string[] {
  const length = family === 6 ? 128 : 32;
  return [
    ...[...servers].flatMap(([key, server]) => serverLines(server, waning.get(key))),
    ...[...(sets.get('KUBE-IPVS-IPS') ?? [])].map((ip) => `ip addr add ${ip}/${length} dev kube-ipvs0`),
    ...[...sets].flatMap(([name, own]) => [...own].map((entry) => `add ${kernelName(name, family)} ${entry}`)),
  ];
}

/** All of it: virtual servers as `ipvsadm -Sn` prints them, sets as `ipset save` does, rules as iptables-save does. */
export function ipvsText(state: IpvsState, family: 4 | 6, waning?: Waning): string {
  const rules = (['filter', 'nat'] as const).flatMap((table) => [
    `*${table}`,
    ...state.rules.filter((rule) => rule.table === table).map(ruleText),
    'COMMIT',
  ]);
  return [...serviceLines(state, family, waning), ...rules, ''].join('\n');
}

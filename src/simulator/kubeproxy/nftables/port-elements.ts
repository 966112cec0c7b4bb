import { cidrContains, parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import { categorizeEndpoints } from '../categorize-endpoints.ts';
import type { Endpoint } from '../endpoints.ts';
import type { ServicePort } from '../service-port.ts';
import { isExternallyAccessible, usesClusterEndpoints, usesLocalEndpoints } from '../service-port.ts';
import type { NftSettings } from './base-table.ts';
import {
  CLUSTER_IPS,
  FIREWALL_IPS,
  HAIRPINS,
  NO_ENDPOINT_NODE_PORTS,
  NO_ENDPOINT_SERVICES,
  REJECT_CHAIN,
  SERVICE_IPS,
  SERVICE_NODE_PORTS,
} from './base-table.ts';
import { endpointChainName, portChainName } from './chain-names.ts';
import type { Statement } from './statement.ts';
import type { NftTable } from './table.ts';
import { addChain, addElement, addList, addRule } from './table.ts';

const MARK: Statement = { type: 'mark' };
const goTo = (chain: string): Statement => ({ type: 'goto', chain });

/**
 * Puts one port of a Service into the table of a Node: chains with its endpoints, and elements of the maps that lead there.
 * Source: pkg/proxy/nftables/proxier.go `syncProxyRules`, 1.36.
 */
export function addPort(
  table: NftTable,
  port: ServicePort,
  endpoints: readonly Endpoint[],
  settings: NftSettings,
): void {
  const { name, protocol, isInternalLocal, isExternalLocal, loadBalancerIps, affinitySeconds } = port;
  const { cluster = [], local = [], reachable, hasAny } = categorizeEndpoints(endpoints, port, settings);
  const base = portChainName(port);
  const [clusterChain, localChain, external] = [`service-${base}`, `local-${base}`, `external-${base}`];
  const hasInternal = hasAny && (!isInternalLocal || local.length > 0);
  const hasExternal = hasAny && (!isExternalLocal || local.length > 0);
  const refusal: Statement = hasAny ? { type: 'drop' } : goTo(REJECT_CHAIN);
  const key = (ip: string): readonly string[] => [ip, protocol, String(port.port)];
  const lead = (map: string, to: readonly string[], chain: string): void =>
    addElement(table, map, { key: to, verdict: goTo(chain) });
  const refuse = (map: string, to: readonly string[]): void =>
    addElement(table, map, { key: to, comment: name, verdict: refusal });

  for (const { ip, isLocal, port: number } of reachable)
    if (isLocal) addElement(table, HAIRPINS, { key: [ip, ip, protocol, String(number)] });
  addElement(table, CLUSTER_IPS, { key: [port.clusterIp] });
  if (hasInternal) lead(SERVICE_IPS, key(port.clusterIp), isInternalLocal ? localChain : clusterChain);
  else refuse(NO_ENDPOINT_SERVICES, key(port.clusterIp));
  for (const ip of [...port.externalIps, ...loadBalancerIps]) {
    if (hasAny) lead(SERVICE_IPS, key(ip), external);
    if (!hasExternal) refuse(NO_ENDPOINT_SERVICES, key(ip));
  }
  addFirewall(table, port, `firewall-${base}`, settings);
  if (port.nodePort !== 0) {
    const to = [protocol, String(port.nodePort)];
    if (hasAny) lead(SERVICE_NODE_PORTS, to, external);
    if (!hasExternal) refuse(NO_ENDPOINT_NODE_PORTS, to);
  }
  if (hasAny && isExternallyAccessible(port)) {
    addChain(table, { name: external });
    addExternal(table, port, { external, clusterChain, podNetwork: settings.podNetwork });
    if (hasExternal) addRule(table, external, [goTo(isExternalLocal ? localChain : clusterChain)]);
  }
  if (affinitySeconds !== undefined) addAffinity(table, port, reachable, affinitySeconds);
  if (cluster.length > 0 && usesClusterEndpoints(port)) addBalance(table, port, clusterChain, cluster);
  if (local.length > 0 && usesLocalEndpoints(port)) addBalance(table, port, localChain, local);
}

/** Who comes from outside: what is masqueraded, and what of this Node takes the short way. */
function addExternal(
  table: NftTable,
  { isExternalLocal }: ServicePort,
  {
    external,
    clusterChain,
    podNetwork,
  }: { readonly external: string; readonly clusterChain: string; readonly podNetwork: string | undefined },
): void {
  if (!isExternalLocal) return addRule(table, external, [MARK], 'masquerade');
  if (podNetwork !== undefined) {
    const fromPods: Statement = { type: 'address', end: 'saddr', of: { one: podNetwork } };
    addRule(table, external, [fromPods, goTo(clusterChain)], 'short-circuit pod traffic');
  }
  const fromHere: Statement = { type: 'local', end: 'saddr' };
  addRule(table, external, [fromHere, MARK], 'masquerade local traffic');
  addRule(table, external, [fromHere, goTo(clusterChain)], 'short-circuit local traffic');
}

/** Sources that are not in the ranges of a load balancer are dropped before anything else. */
function addFirewall(table: NftTable, port: ServicePort, chain: string, { nodeIp }: NftSettings): void {
  const { loadBalancerIps, sourceRanges } = port;
  if (loadBalancerIps.length === 0 || sourceRanges.length === 0) return;
  const node = parseIp(nodeIp);
  const isNodeAllowed = sourceRanges.some((range) => {
    const cidr = parseCidr(range);
    return cidr !== undefined && node !== undefined && cidrContains(cidr, node);
  });
  addChain(table, { name: chain });
  for (const ip of loadBalancerIps)
    addElement(table, FIREWALL_IPS, { key: [ip, port.protocol, String(port.port)], verdict: goTo(chain) });
  const any = [...sourceRanges, ...(isNodeAllowed ? loadBalancerIps : [])];
  addRule(table, chain, [{ type: 'address', end: 'saddr', of: { any }, isNegated: true }, { type: 'drop' }]);
}

/** A set of clients for each endpoint, and the chain that remembers and sends them. */
function addAffinity(table: NftTable, port: ServicePort, endpoints: readonly Endpoint[], seconds: number): void {
  for (const { address } of endpoints) {
    const name = endpointChainName(port, address);
    const [set, chain] = [`affinity-${name}`, `endpoint-${name}`];
    addList(table, { kind: 'set', name: set, type: 'ADDRESS', timeoutSeconds: seconds });
    addChain(table, { name: chain });
    addRule(table, chain, [{ type: 'remember', set }]);
    addRule(table, chain, [
      { type: 'protocol', protocol: port.protocol },
      { type: 'dnat', to: address },
    ]);
  }
}

/** Source: same file, `writeServiceToEndpointDNATs` and `writeServiceToEndpointJumps`. */
function addBalance(table: NftTable, port: ServicePort, chain: string, endpoints: readonly Endpoint[]): void {
  const { affinitySeconds: seconds, protocol } = port;
  addChain(table, { name: chain });
  if (seconds === undefined)
    return addRule(table, chain, [
      { type: 'protocol', protocol },
      { type: 'balance', endpoints },
    ]);
  const names = endpoints.map(({ address }) => endpointChainName(port, address));
  for (const name of names)
    addRule(table, chain, [{ type: 'recent', set: `affinity-${name}`, seconds }, goTo(`endpoint-${name}`)]);
  addRule(table, chain, [{ type: 'choose', chains: names.map((name) => `endpoint-${name}`) }]);
}

import { cidrContains, parseCidr, parseIp } from '../../apimachinery/ip.ts';
import { categorizeEndpoints } from './categorize-endpoints.ts';
import type { NodePlace } from './categorize-endpoints.ts';
import { endpointChain, portChains } from './chain-names.ts';
import type { PortChains } from './chain-names.ts';
import type { Endpoint } from './endpoints.ts';
import type { Match, Rule } from './rule.ts';
import type { ServicePort } from './service-port.ts';
import { isExternallyAccessible } from './service-port.ts';

/** What of a Node and of the configuration of its kube-proxy the rules depend on. */
export interface RuleSettings extends NodePlace {
  readonly family: 4 | 6;
  /** The Node's own address. */
  readonly nodeIp: string;
  /** All addresses of Pods, as the cluster CIDR says; undefined where nothing tells them from others. */
  readonly podNetwork: string | undefined;
  /** Whether all that goes to a cluster IP is masqueraded (`iptables.masqueradeAll`). */
  readonly masqueradeAll: boolean;
  /** Whether node ports are served at 127.0.0.1 too (`iptables.localhostNodePorts`). */
  readonly localhostNodePorts: boolean;
  /** Whether rules of single endpoints have no comments: above 1,000 endpoints. */
  readonly isLargeCluster: boolean;
}

const MARK_MASQ = 'KUBE-MARK-MASQ';
const SERVICES = 'KUBE-SERVICES';
const EXTERNAL_SERVICES = 'KUBE-EXTERNAL-SERVICES';
const NODE_PORTS = 'KUBE-NODEPORTS';

const comment = (text: string): Match => ({ type: 'comment', text });
const rule = (chain: string, matches: readonly Match[], target: string | undefined): Rule => ({
  table: 'nat',
  chain,
  matches,
  target,
});
const filter = (chain: string, matches: readonly Match[], target: string): Rule => ({
  table: 'filter',
  chain,
  matches,
  target,
});

/**
 * The rules that one port of a Service has on a Node, in the order in which kube-proxy writes them.
 * Source: pkg/proxy/iptables/proxier.go `syncProxyRules`, 1.36.
 */
export function portRules(port: ServicePort, endpoints: readonly Endpoint[], settings: RuleSettings): readonly Rule[] {
  const { name, protocol, isInternalLocal, isExternalLocal, loadBalancerIps, sourceRanges } = port;
  const { cluster = [], local = [], reachable, hasAny } = categorizeEndpoints(endpoints, port, settings);
  const chains = portChains(port);
  const hasInternal = hasAny && (!isInternalLocal || local.length > 0);
  const hasExternal = hasAny && (!isExternalLocal || local.length > 0);
  const internalChain = isInternalLocal ? chains.local : chains.cluster;
  const hasFirewall = hasAny && loadBalancerIps.length > 0 && sourceRanges.length > 0;
  const refusal = hasAny ? 'DROP' : 'REJECT';
  const why = comment(`${name} has no ${hasAny ? 'local ' : ''}endpoints`);
  const to = (address: string, number: number): readonly Match[] => [
    { type: 'protocol', protocol },
    { type: 'to', address },
    { type: 'port', port: number },
  ];
  const rules: Rule[] = [];
  const capture = (address: string, what: string, chain: string): void => {
    if (hasAny) rules.push(rule(SERVICES, [comment(`${name} ${what}`), ...to(address, port.port)], chain));
  };
  const refuseExternal = (matches: readonly Match[]): void => {
    if (!hasExternal) rules.push(filter(EXTERNAL_SERVICES, [why, ...matches], refusal));
  };

  if (hasInternal) capture(port.clusterIp, 'cluster IP', internalChain);
  else rules.push(filter(SERVICES, [why, ...to(port.clusterIp, port.port)], refusal));
  for (const address of port.externalIps) {
    capture(address, 'external IP', chains.external);
    refuseExternal(to(address, port.port));
  }
  for (const address of loadBalancerIps) {
    capture(address, 'loadbalancer IP', hasFirewall ? chains.firewall : chains.external);
    if (!hasFirewall) continue;
    const told = comment(`${name} traffic not accepted by ${chains.firewall}`);
    rules.push(filter('KUBE-PROXY-FIREWALL', [told, ...to(address, port.port)], 'DROP'));
  }
  for (const address of loadBalancerIps) refuseExternal(to(address, port.port));
  if (hasAny) rules.push(...nodePortRules(port, chains.external, settings));
  if (port.nodePort !== 0)
    refuseExternal([
      { type: 'local', end: 'dst' },
      { type: 'protocol', protocol },
      { type: 'port', port: port.nodePort },
    ]);
  if (port.healthCheckNodePort !== 0) rules.push(healthCheckRule(port));
  const outsiders = notFromPods(settings);
  if (hasInternal && outsiders !== undefined)
    rules.push(
      rule(internalChain, [comment(`${name} cluster IP`), ...to(port.clusterIp, port.port), ...outsiders], MARK_MASQ),
    );
  if (hasAny && isExternallyAccessible(port)) rules.push(...externalRules(port, chains, hasExternal, settings));
  if (hasFirewall) rules.push(...firewallRules(port, chains, settings));
  if (cluster.length > 0) rules.push(...balanceRules(port, chains.cluster, cluster, settings));
  if (local.length > 0) rules.push(...balanceRules(port, chains.local, local, settings));
  return [...rules, ...reachable.flatMap((endpoint) => endpointRules(port, endpoint, settings))];
}

/** Who is masqueraded on the way to a cluster IP; undefined: nobody. */
function notFromPods({ podNetwork, masqueradeAll }: RuleSettings): readonly Match[] | undefined {
  if (masqueradeAll) return [];
  return podNetwork === undefined ? undefined : [{ type: 'from', address: podNetwork, isNegated: true }];
}

function nodePortRules(
  { name, protocol, nodePort }: ServicePort,
  chain: string,
  { localhostNodePorts, family }: RuleSettings,
): readonly Rule[] {
  if (nodePort === 0) return [];
  const told = [comment(name), { type: 'protocol', protocol }] as const;
  const port: Match = { type: 'port', port: nodePort };
  const here = [{ type: 'to', address: '127.0.0.0/8' }, port, { type: 'count', name: LOCALHOST_COUNT }] as const;
  return [
    ...(localhostNodePorts && family === 4 ? [rule(NODE_PORTS, [...told, ...here], chain)] : []),
    rule(NODE_PORTS, [...told, port], chain),
  ];
}

/** Source: pkg/proxy/metrics/metrics.go `LocalhostNodePortAcceptedNFAcctCounter`, 1.36. */
const LOCALHOST_COUNT = 'localhost_nps_accepted_pkts';

function healthCheckRule({ name, healthCheckNodePort: port }: ServicePort): Rule {
  const told = comment(`${name} health check node port`);
  return filter(NODE_PORTS, [told, { type: 'protocol', protocol: 'tcp' }, { type: 'port', port }], 'ACCEPT');
}

/** What comes for an address that is known outside the cluster. */
function externalRules(
  { name, isExternalLocal }: ServicePort,
  { external, cluster, local }: PortChains,
  hasExternal: boolean,
  { podNetwork }: RuleSettings,
): readonly Rule[] {
  const fromHere: Match = { type: 'local', end: 'src' };
  const fromPods: readonly Match[] = podNetwork === undefined ? [] : [{ type: 'from', address: podNetwork }];
  const short = isExternalLocal
    ? [
        ...(podNetwork === undefined
          ? []
          : [rule(external, [comment(`pod traffic for ${name} external destinations`), ...fromPods], cluster)]),
        rule(external, [comment(`masquerade LOCAL traffic for ${name} external destinations`), fromHere], MARK_MASQ),
        rule(external, [comment(`route LOCAL traffic for ${name} external destinations`), fromHere], cluster),
      ]
    : [rule(external, [comment(`masquerade traffic for ${name} external destinations`)], MARK_MASQ)];
  return hasExternal ? [...short, rule(external, [], isExternalLocal ? local : cluster)] : short;
}

/** Only sources in the ranges get on; what reaches the end is dropped by the filter table. */
function firewallRules(
  { name, sourceRanges, loadBalancerIps }: ServicePort,
  { firewall, external }: PortChains,
  { nodeIp }: RuleSettings,
): readonly Rule[] {
  const told = comment(`${name} loadbalancer IP`);
  const from = (address: string): Rule => rule(firewall, [told, { type: 'from', address }], external);
  const node = parseIp(nodeIp);
  const isNodeAllowed = sourceRanges.some((range) => {
    const cidr = parseCidr(range);
    return cidr !== undefined && node !== undefined && cidrContains(cidr, node);
  });
  return [
    ...sourceRanges.map(from),
    ...(isNodeAllowed ? loadBalancerIps.map(from) : []),
    rule(firewall, [comment(`other traffic to ${name} will be dropped by KUBE-PROXY-FIREWALL`)], undefined),
  ];
}

/**
 * One rule an endpoint: the first takes one of n, the second one of the n-1 that are left, the last all.
 * Source: `writeServiceToEndpointRules`, same file.
 */
function balanceRules(
  port: ServicePort,
  chain: string,
  endpoints: readonly Endpoint[],
  { isLargeCluster }: RuleSettings,
): readonly Rule[] {
  const { affinitySeconds: seconds, name } = port;
  const told = ({ address }: Endpoint): readonly Match[] => (isLargeCluster ? [] : [comment(`${name} -> ${address}`)]);
  const sticky =
    seconds === undefined
      ? []
      : endpoints.map((endpoint) => {
          const own = endpointChain(port, endpoint.address);
          return rule(chain, [...told(endpoint), { type: 'recent', list: own, seconds }], own);
        });
  const balanced = endpoints.map((endpoint, index) => {
    const left = endpoints.length - index;
    const chance: readonly Match[] = left > 1 ? [{ type: 'chance', of: left }] : [];
    return rule(chain, [...told(endpoint), ...chance], endpointChain(port, endpoint.address));
  });
  return [...sticky, ...balanced];
}

function endpointRules(
  port: ServicePort,
  { ip, address }: Endpoint,
  { isLargeCluster }: RuleSettings,
): readonly Rule[] {
  const { protocol, affinitySeconds, name } = port;
  const chain = endpointChain(port, address);
  const told = isLargeCluster ? [] : [comment(name)];
  const remember: readonly Match[] = affinitySeconds === undefined ? [] : [{ type: 'remember', list: chain }];
  return [
    rule(chain, [...told, { type: 'from', address: ip }], MARK_MASQ),
    {
      ...rule(chain, [...told, ...remember, { type: 'protocol', protocol }], 'DNAT'),
      options: ['--to-destination', address],
    },
  ];
}

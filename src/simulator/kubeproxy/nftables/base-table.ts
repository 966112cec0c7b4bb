import type { RuleSettings } from '../port-rules.ts';
import type { Statement } from './statement.ts';
import type { NftTable } from './table.ts';
import { addChain, addElement, addList, addRule, emptyTable } from './table.ts';

/** What of a Node and of the configuration of its kube-proxy the table depends on. */
export interface NftSettings extends Pick<
  RuleSettings,
  'name' | 'zone' | 'family' | 'nodeIp' | 'podNetwork' | 'masqueradeAll'
> {
  /** Addresses of the Node at which node ports are served: its primary one, where nothing else is configured. */
  readonly nodePortIps: readonly string[];
  /** What the ServiceCIDRs of the cluster say for this family. */
  readonly serviceNetworks: readonly string[];
}

export const SERVICE_IPS = 'service-ips';
export const SERVICE_NODE_PORTS = 'service-nodeports';
export const CLUSTER_IPS = 'cluster-ips';
export const NO_ENDPOINT_SERVICES = 'no-endpoint-services';
export const NO_ENDPOINT_NODE_PORTS = 'no-endpoint-nodeports';
export const FIREWALL_IPS = 'firewall-ips';
export const HAIRPINS = 'hairpin-connections';
export const REJECT_CHAIN = 'reject-chain';
const NODE_PORT_IPS = 'nodeport-ips';

const SERVICE_KEY = 'ADDRESS . inet_proto . inet_service';
const PORT_KEY = 'inet_proto . inet_service';

const LISTS = [
  { kind: 'set', name: CLUSTER_IPS, type: 'ADDRESS', comment: 'Active ClusterIPs' },
  { kind: 'set', name: NODE_PORT_IPS, type: 'ADDRESS', comment: 'IPs that accept NodePort traffic' },
  { kind: 'set', name: HAIRPINS, type: `ADDRESS . ${SERVICE_KEY}`, comment: 'service hairpin connections' },
  {
    kind: 'map',
    name: FIREWALL_IPS,
    type: `${SERVICE_KEY} : verdict`,
    comment: 'destinations that are subject to LoadBalancerSourceRanges',
  },
  {
    kind: 'map',
    name: NO_ENDPOINT_NODE_PORTS,
    type: `${PORT_KEY} : verdict`,
    comment: 'vmap to drop or reject packets to service nodeports with no endpoints',
  },
  {
    kind: 'map',
    name: NO_ENDPOINT_SERVICES,
    type: `${SERVICE_KEY} : verdict`,
    comment: 'vmap to drop or reject packets to services with no endpoints',
  },
  {
    kind: 'map',
    name: SERVICE_IPS,
    type: `${SERVICE_KEY} : verdict`,
    comment: 'ClusterIP, ExternalIP and LoadBalancer IP traffic',
  },
  { kind: 'map', name: SERVICE_NODE_PORTS, type: `${PORT_KEY} : verdict`, comment: 'NodePort traffic' },
] as const;

/** Chains to which packets come by themselves, with their priorities. */
const HOOKS = {
  'filter-prerouting-pre-dnat': 'type filter hook prerouting priority -110',
  'filter-output-pre-dnat': 'type filter hook output priority -110',
  'filter-input': 'type filter hook input priority 0',
  'filter-forward': 'type filter hook forward priority 0',
  'filter-output': 'type filter hook output priority 0',
  'nat-prerouting': 'type nat hook prerouting priority -100',
  'nat-output': 'type nat hook output priority -100',
  'nat-postrouting': 'type nat hook postrouting priority 100',
} as const;

const NEW: Statement = { type: 'new' };
const jump = (chain: string): Statement => ({ type: 'jump', chain });

/** Which chains lead to which, for all packets or for the first of a connection. */
const JUMPS: readonly (readonly [keyof typeof HOOKS, string, isNew: boolean])[] = [
  ['filter-input', 'nodeport-endpoints-check', true],
  ['filter-input', 'service-endpoints-check', true],
  ['filter-forward', 'service-endpoints-check', true],
  ['filter-output', 'service-endpoints-check', true],
  ['filter-prerouting-pre-dnat', 'firewall-check', true],
  ['filter-output-pre-dnat', 'firewall-check', true],
  ['nat-output', 'services', false],
  ['nat-prerouting', 'services', false],
  ['nat-postrouting', 'masquerading', false],
  ['filter-forward', 'cluster-ips-check', true],
  ['filter-output', 'cluster-ips-check', true],
];

/**
 * The table that every Node has before any Service is in it.
 * Source: pkg/proxy/nftables/proxier.go `setupNFTables`, `nftablesBaseChains` and `nftablesJumpChains`, 1.36.
 */
export function baseTable(settings: NftSettings): NftTable {
  const { family, nodePortIps, serviceNetworks, podNetwork, masqueradeAll } = settings;
  const table = emptyTable(family === 6 ? 'ip6' : 'ip');
  for (const list of LISTS) addList(table, list);
  for (const [name, hook] of Object.entries(HOOKS)) addChain(table, { name, hook });
  for (const [, name] of JUMPS) addChain(table, { name });
  addChain(table, { name: REJECT_CHAIN, comment: 'helper for @no-endpoint-services / @no-endpoint-nodeports' });
  for (const [from, to, isNew] of JUMPS) addRule(table, from, isNew ? [NEW, jump(to)] : [jump(to)]);
  addRule(table, REJECT_CHAIN, [{ type: 'reject' }]);
  addRule(table, 'masquerading', [{ type: 'unmark' }, { type: 'masquerade' }]);
  addRule(table, 'masquerading', [{ type: 'translated' }, { type: 'hairpin', set: HAIRPINS }, { type: 'masquerade' }]);
  const toClusterIp: Statement = { type: 'address', end: 'daddr', of: { set: CLUSTER_IPS } };
  const told = 'Reject traffic to invalid ports of ClusterIPs';
  addRule(table, 'cluster-ips-check', [toClusterIp, { type: 'reject' }], told);
  if (serviceNetworks.length > 0) {
    const toServices: Statement = { type: 'address', end: 'daddr', of: { any: [serviceNetworks.join(',')] } };
    addRule(table, 'cluster-ips-check', [toServices, { type: 'drop' }], 'Drop traffic to unallocated ClusterIPs');
  }
  const toNode: Statement = { type: 'address', end: 'daddr', of: { set: NODE_PORT_IPS } };
  addRule(table, 'service-endpoints-check', [{ type: 'look-up', map: NO_ENDPOINT_SERVICES, by: 'service' }]);
  addRule(table, 'nodeport-endpoints-check', [toNode, { type: 'look-up', map: NO_ENDPOINT_NODE_PORTS, by: 'port' }]);
  addRule(table, 'firewall-check', [{ type: 'look-up', map: FIREWALL_IPS, by: 'service' }]);
  if (masqueradeAll) addRule(table, 'services', [toClusterIp, { type: 'mark' }], 'masquerade all clusterIP traffic');
  else if (podNetwork !== undefined) {
    const notFromPods: Statement = { type: 'address', end: 'saddr', of: { one: podNetwork }, isNegated: true };
    const why = 'masquerade clusterIP traffic from outside cluster';
    addRule(table, 'services', [toClusterIp, notFromPods, { type: 'mark' }], why);
  }
  addRule(table, 'services', [{ type: 'look-up', map: SERVICE_IPS, by: 'service' }]);
  addRule(table, 'services', [toNode, { type: 'look-up', map: SERVICE_NODE_PORTS, by: 'port' }]);
  for (const ip of nodePortIps) addElement(table, NODE_PORT_IPS, { key: [ip] });
  return table;
}

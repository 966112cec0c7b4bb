import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { EndpointQuery } from './endpoints.ts';
import { endpointsOf } from './endpoints.ts';
import type { RuleSettings } from './port-rules.ts';
import { portRules } from './port-rules.ts';
import type { Rule } from './rule.ts';
import { MASQUERADE_MARK, ruleText } from './rule.ts';
import type { ServicePort } from './service-port.ts';
import { servicePorts } from './service-port.ts';

/** A Service and the slices with its endpoints. */
export interface ServiceSlices {
  readonly service: KubernetesObject;
  readonly slices: readonly KubernetesObject[];
}

/** Source: pkg/proxy/iptables/proxier.go `largeClusterEndpointsThreshold`, 1.36. */
const LARGE_CLUSTER_ENDPOINTS = 1000;

/** Whether a cluster with so many endpoints leaves out comments. */
export function isLargeCluster(endpoints: number): boolean {
  return endpoints > LARGE_CLUSTER_ENDPOINTS;
}

/** The rules of some Services on a Node, port by port in order of name. */
export function serviceRules(services: readonly ServiceSlices[], settings: RuleSettings): readonly Rule[] {
  return services
    .flatMap(({ service, slices }) => servicePorts(service, settings.family).map((port) => ({ port, slices })))
    .sort((a, b) => compareStrings(a.port.name + a.port.protocol, b.port.name + b.port.protocol))
    .flatMap(({ port, slices }) => portRules(port, endpointsOf(slices, queryOf(port, settings)), settings));
}

function queryOf({ portName, protocol }: ServicePort, { family, name: node }: RuleSettings): EndpointQuery {
  return { portName, protocol, family, node };
}

const masked = (chain: string, target: string, options: readonly string[]): Rule => ({
  table: 'nat',
  chain,
  matches: [],
  target,
  options,
});
const filter = (chain: string, matches: Rule['matches'], target: string): Rule => ({
  table: 'filter',
  chain,
  matches,
  target,
});

/** Rules that stand before those of Services. Source: pkg/proxy/iptables/proxier.go `syncProxyRules`, 1.36. */
const FIRST: readonly Rule[] = [
  { ...masked('KUBE-POSTROUTING', 'RETURN', []), matches: [{ type: 'mark', isNegated: true }] },
  masked('KUBE-POSTROUTING', 'MARK', ['--xor-mark', MASQUERADE_MARK]),
  {
    ...masked('KUBE-POSTROUTING', 'MASQUERADE', []),
    matches: [{ type: 'comment', text: 'kubernetes service traffic requiring SNAT' }],
  },
  masked('KUBE-MARK-MASQ', 'MARK', ['--or-mark', MASQUERADE_MARK]),
];

/** Node ports at 127.0.0.1 open what other machines must not reach. */
const NO_MARTIANS: Rule = filter(
  'KUBE-FIREWALL',
  [
    { type: 'comment', text: 'block incoming localnet connections' },
    { type: 'to', address: '127.0.0.0/8' },
    { type: 'from', address: '127.0.0.0/8', isNegated: true },
    { type: 'state', states: 'RELATED,ESTABLISHED,DNAT', isNegated: true },
  ],
  'DROP',
);

/** The way to the node ports. */
function lastRule({ localhostNodePorts, family }: RuleSettings): Rule {
  const loopback = family === 6 ? '::1/128' : '127.0.0.0/8';
  const here: Rule['matches'] =
    family === 4 && localhostNodePorts ? [] : [{ type: 'to', address: loopback, isNegated: true }];
  const told = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';
  return {
    ...masked('KUBE-SERVICES', 'KUBE-NODEPORTS', []),
    matches: [{ type: 'comment', text: told }, { type: 'local', end: 'dst' }, ...here],
  };
}

/** Rules that stand after those of Services. */
const LAST: readonly Rule[] = [
  filter(
    'KUBE-FORWARD',
    [
      { type: 'state', states: 'INVALID' },
      { type: 'count', name: 'ct_state_invalid_dropped_pkts' },
    ],
    'DROP',
  ),
  filter('KUBE-FORWARD', [{ type: 'comment', text: 'kubernetes forwarding rules' }, { type: 'mark' }], 'ACCEPT'),
  filter(
    'KUBE-FORWARD',
    [
      { type: 'comment', text: 'kubernetes forwarding conntrack rule' },
      { type: 'state', states: 'RELATED,ESTABLISHED' },
    ],
    'ACCEPT',
  ),
];

/** All rules of a Node: those of the given Services between those that every Node has. */
export function nodeRules(services: readonly ServiceSlices[], settings: RuleSettings): readonly Rule[] {
  const martians = settings.localhostNodePorts && settings.family === 4 ? [NO_MARTIANS] : [];
  return [...FIRST, ...martians, ...serviceRules(services, settings), lastRule(settings), ...LAST];
}

/** Chains that are there even where no rule is in them. */
const CHAINS = {
  filter: [
    'KUBE-NODEPORTS',
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-FIREWALL',
    'KUBE-FORWARD',
    'KUBE-PROXY-FIREWALL',
  ],
  nat: ['KUBE-NODEPORTS', 'KUBE-SERVICES', 'KUBE-MARK-MASQ', 'KUBE-POSTROUTING'],
} as const;

/** The rules as `iptables-save` prints them: by table, chain by chain; rules of a chain in their order. */
export function iptablesText(rules: readonly Rule[]): string {
  return (['filter', 'nat'] as const)
    .map((table) => {
      const own = rules.filter((rule) => rule.table === table);
      const fixed: readonly string[] = CHAINS[table];
      const others = [...new Set(own.map(({ chain }) => chain))].filter((chain) => !fixed.includes(chain));
      const order = [...fixed, ...others.sort(compareStrings)];
      const lines = order.flatMap((chain) => own.filter((rule) => rule.chain === chain).map(ruleText));
      return [`*${table}`, ...order.map((chain) => `:${chain} - [0:0]`), ...lines, 'COMMIT', ''].join('\n');
    })
    .join('');
}

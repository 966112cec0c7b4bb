import type { RuleSettings } from '../port-rules.ts';
import type { Match, Rule, TableName } from '../rule.ts';
import { MASQUERADE_MARK } from '../rule.ts';
import type { IpSetName, IpSets } from './ip-sets.ts';
import { IP_SETS, isEmpty, kernelName } from './ip-sets.ts';

const MARK_MASQ = 'KUBE-MARK-MASQ';
const SERVICES = 'KUBE-SERVICES';
const NODE_PORT = 'KUBE-NODE-PORT';

/** Rules that are there for sets that are not empty. Source: pkg/proxy/ipvs/proxier.go `ipsetWithIptablesChain`, 1.36. */
const OF_SETS: readonly (readonly [
  IpSetName,
  TableName,
  chain: string,
  to: string,
  ends: string,
  protocol?: string,
])[] = [
  ['KUBE-LOOP-BACK', 'nat', 'KUBE-POSTROUTING', 'MASQUERADE', 'dst,dst,src'],
  ['KUBE-LOAD-BALANCER', 'nat', SERVICES, 'KUBE-LOAD-BALANCER', 'dst,dst'],
  ['KUBE-LOAD-BALANCER-LOCAL', 'nat', 'KUBE-LOAD-BALANCER', 'RETURN', 'dst,dst'],
  ['KUBE-NODE-PORT-LOCAL-TCP', 'nat', NODE_PORT, 'RETURN', 'dst', 'tcp'],
  ['KUBE-NODE-PORT-TCP', 'nat', NODE_PORT, MARK_MASQ, 'dst', 'tcp'],
  ['KUBE-NODE-PORT-LOCAL-UDP', 'nat', NODE_PORT, 'RETURN', 'dst', 'udp'],
  ['KUBE-NODE-PORT-UDP', 'nat', NODE_PORT, MARK_MASQ, 'dst', 'udp'],
  ['KUBE-NODE-PORT-LOCAL-SCTP-HASH', 'nat', NODE_PORT, 'RETURN', 'dst,dst', 'sctp'],
  ['KUBE-NODE-PORT-SCTP-HASH', 'nat', NODE_PORT, MARK_MASQ, 'dst,dst', 'sctp'],
  ['KUBE-LOAD-BALANCER-FW', 'filter', 'KUBE-PROXY-FIREWALL', 'KUBE-SOURCE-RANGES-FIREWALL', 'dst,dst'],
  ['KUBE-LOAD-BALANCER-SOURCE-CIDR', 'filter', 'KUBE-SOURCE-RANGES-FIREWALL', 'RETURN', 'dst,dst,src'],
  ['KUBE-LOAD-BALANCER-SOURCE-IP', 'filter', 'KUBE-SOURCE-RANGES-FIREWALL', 'RETURN', 'dst,dst,src'],
];

/** Ports of the host that are not to be reached through addresses of Services. */
const OPEN: readonly (readonly [IpSetName, ends: string])[] = [
  ['KUBE-LOAD-BALANCER', 'dst,dst'],
  ['KUBE-CLUSTER-IP', 'dst,dst'],
  ['KUBE-EXTERNAL-IP', 'dst,dst'],
  ['KUBE-EXTERNAL-IP-LOCAL', 'dst,dst'],
  ['KUBE-HEALTH-CHECK-NODE-PORT', 'dst'],
];

/** An address of a load balancer that the Node itself may not use. */
export interface BarredServer {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export type SetRuleSettings = Pick<RuleSettings, 'family' | 'podNetwork' | 'masqueradeAll'>;

/**
 * The iptables rules beside IPVS, which speak of sets: as many with one Service as with thousands.
 * Source: pkg/proxy/ipvs/proxier.go `writeIptablesRules`, 1.36.
 */
export function setRules(
  sets: IpSets,
  barred: readonly BarredServer[],
  { family, podNetwork, masqueradeAll }: SetRuleSettings,
): readonly Rule[] {
  const rules: Rule[] = [];
  const add = (
    table: TableName,
    chain: string,
    matches: readonly Match[],
    target: string,
    ...options: string[]
  ): void => void rules.push({ table, chain, matches, target, ...(options.length === 0 ? {} : { options }) });
  const has = (name: IpSetName, ends: string): Match => ({ type: 'set', set: kernelName(name, family), ends });
  const told = (name: IpSetName): Match => ({ type: 'comment', text: IP_SETS[name].comment });
  const comment = (text: string): Match => ({ type: 'comment', text });
  const toLocal: Match = { type: 'local', end: 'dst' };

  add('nat', SERVICES, [{ type: 'from', address: family === 6 ? '::1/128' : '127.0.0.0/8' }], 'RETURN');
  for (const [name, table, chain, to, ends, protocol] of OF_SETS) {
    if (isEmpty(sets, name)) continue;
    const of: readonly Match[] = protocol === undefined ? [] : [{ type: 'of', protocol }];
    add(table, chain, [...of, told(name), has(name, ends)], to);
  }
  if (!isEmpty(sets, 'KUBE-CLUSTER-IP')) {
    const isBySender = !masqueradeAll && podNetwork === undefined;
    const outsiders: readonly Match[] =
      masqueradeAll || podNetwork === undefined ? [] : [{ type: 'from', address: podNetwork, isNegated: true }];
    const clusterIps = has('KUBE-CLUSTER-IP', isBySender ? 'src,dst' : 'dst,dst');
    add('nat', SERVICES, [told('KUBE-CLUSTER-IP'), clusterIps, ...outsiders], MARK_MASQ);
  }
  for (const name of ['KUBE-EXTERNAL-IP', 'KUBE-EXTERNAL-IP-LOCAL'] as const) {
    if (isEmpty(sets, name)) continue;
    const to = [told(name), has(name, 'dst,dst')];
    if (name === 'KUBE-EXTERNAL-IP') add('nat', SERVICES, to, MARK_MASQ);
    const fromElsewhere: readonly Match[] = [
      { type: 'bridged', isNegated: true },
      { type: 'local', end: 'src', isNegated: true },
    ];
    add('nat', SERVICES, [...to, ...fromElsewhere], 'ACCEPT');
    add('nat', SERVICES, [...to, toLocal], 'ACCEPT');
  }
  add('nat', SERVICES, [toLocal], NODE_PORT);
  add('nat', 'KUBE-LOAD-BALANCER', [], MARK_MASQ);
  add('filter', 'KUBE-SOURCE-RANGES-FIREWALL', [], 'DROP');
  for (const { ip, protocol, port } of barred) {
    const through: Match = { type: 'virtual', address: ip, protocol, port };
    add('filter', 'KUBE-IPVS-OUT-FILTER', [{ type: 'from', address: ip }, through], 'DROP');
  }
  for (const name of ['KUBE-CLUSTER-IP', 'KUBE-LOAD-BALANCER'] as const)
    if (!isEmpty(sets, name)) add('nat', SERVICES, [has(name, 'dst,dst')], 'ACCEPT');
  add('filter', 'KUBE-FORWARD', [comment('kubernetes forwarding rules'), { type: 'mark' }], 'ACCEPT');
  const known: Match = { type: 'state', states: 'RELATED,ESTABLISHED' };
  add('filter', 'KUBE-FORWARD', [comment('kubernetes forwarding conntrack rule'), known], 'ACCEPT');
  const health = 'KUBE-HEALTH-CHECK-NODE-PORT';
  add('filter', NODE_PORT, [told(health), has(health, 'dst')], 'ACCEPT');
  for (const [name, ends] of OPEN) add('filter', 'KUBE-IPVS-FILTER', [has(name, ends)], 'RETURN');
  const fresh: Match = { type: 'state', states: 'NEW' };
  add('filter', 'KUBE-IPVS-FILTER', [fresh, has('KUBE-IPVS-IPS', 'dst')], 'REJECT');
  add('nat', 'KUBE-POSTROUTING', [{ type: 'mark', isNegated: true }], 'RETURN');
  add('nat', 'KUBE-POSTROUTING', [], 'MARK', '--xor-mark', MASQUERADE_MARK);
  add('nat', 'KUBE-POSTROUTING', [comment('kubernetes service traffic requiring SNAT')], 'MASQUERADE');
  add('nat', MARK_MASQ, [], 'MARK', '--or-mark', MASQUERADE_MARK);
  return rules;
}

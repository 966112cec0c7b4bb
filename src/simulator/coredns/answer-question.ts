import { formatIp, parseIp, sameIp } from '../../apimachinery/ip.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, asName } from '../../base/json.ts';
import type { DnsFound, DnsHost, DnsRecords } from './look-up.ts';
import { CLUSTER_DOMAIN, bareName, lookUp, namedAddresses, serviceName } from './look-up.ts';

export const DNS_TYPES = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR'] as const;
export type DnsType = (typeof DNS_TYPES)[number];

/** One record of an answer; `value` as a zone file has it: `10.96.0.10`, `0 100 80 web.shop.svc.cluster.local`. */
export interface DnsRecord {
  readonly name: string;
  readonly type: DnsType;
  readonly value: string;
}

export interface DnsReply {
  readonly code: DnsFound['code'];
  readonly answer: readonly DnsRecord[];
  /** Addresses of what the answer names. */
  readonly extra: readonly DnsRecord[];
}

const ALL_WEIGHT = 100;
/** How often a name may stand for another. Source: coredns/coredns plugin/backend_lookup.go, 1.12. */
const MOST_ALIASES = 7;

/**
 * What CoreDNS answers to a question of one type, as `dig` would print it.
 * Source: coredns/coredns plugin/backend_lookup.go, plugin/kubernetes/reverse.go, 1.12.
 */
export function answerQuestion(name: string, type: DnsType, records: DnsRecords, aliases = 0): DnsReply {
  const own = bareName(name);
  if (type === 'PTR') return reversed(own, records);
  const { code, hosts, alias } = lookUp(own, records);
  if (alias !== undefined) {
    const cname: DnsRecord = { name: own, type: 'CNAME', value: alias };
    const isFollowed = (type === 'A' || type === 'AAAA') && alias.endsWith(`.${CLUSTER_DOMAIN}`);
    if (!isFollowed) return { code, answer: [cname], extra: [] };
    const next = aliases < MOST_ALIASES ? answerQuestion(alias, type, records, aliases + 1).answer : [];
    return { code, answer: next.length === 0 ? [] : [cname, ...next], extra: [] };
  }
  if (type === 'SRV') return { code, ...serviceLocations(own, hosts) };
  if (type === 'CNAME') return { code, answer: [], extra: [] };
  const answer = hosts.map(({ ip }) => addressRecord(own, ip)).filter((record) => record.type === type);
  return { code, answer: distinct(answer), extra: [] };
}

function addressRecord(name: string, ip: string): DnsRecord {
  return { name, type: parseIp(ip)?.family === 6 ? 'AAAA' : 'A', value: ip };
}

function distinct(found: readonly DnsRecord[]): readonly DnsRecord[] {
  const known = new Set<string>();
  return found.filter(({ name, type, value }) => {
    const key = `${name} ${type} ${value}`;
    return !known.has(key) && known.add(key);
  });
}

/** All weigh the same, a hundred together, and one at least. */
function serviceLocations(own: string, hosts: readonly DnsHost[]): Pick<DnsReply, 'answer' | 'extra'> {
  const weight = Math.max(1, Math.floor(ALL_WEIGHT / hosts.length));
  const located = hosts.filter(({ port }) => port !== undefined);
  const answer = located.map(({ port, target }): DnsRecord => {
    return { name: own, type: 'SRV', value: `0 ${weight} ${port ?? 0} ${target}` };
  });
  const extra = located.map(({ ip, target }) => addressRecord(target, ip));
  return { answer: distinct(answer), extra: distinct(extra) };
}

const REVERSE_V4 = '.in-addr.arpa';
const REVERSE_V6 = '.ip6.arpa';

/** The names of an address: of the Service whose cluster IP it is, else of endpoints. */
function reversed(own: string, { services, slices }: DnsRecords): DnsReply {
  const ip = reversedAddress(own);
  if (ip === undefined) return { code: 'FORWARDED', answer: [], extra: [] };
  const isIt = (text: string | undefined): boolean => {
    const other = text === undefined ? undefined : parseIp(text);
    return other !== undefined && sameIp(ip, other);
  };
  const [service] = services
    .indexed('address', formatIp(ip))
    .filter((one) => arrayAt(one, 'spec', 'clusterIPs').some((address) => isIt(asName(address))));
  const targets =
    service !== undefined
      ? [serviceName(service)]
      : slices.list().flatMap((slice) => {
          const [owner, namespace] = [labelsOf(slice).get('kubernetes.io/service-name'), namespaceOf(slice) ?? ''];
          return namedAddresses(slice)
            .filter((one) => isIt(one.ip))
            .map(({ hostname }) => `${hostname}.${owner ?? nameOf(slice)}.${namespace}.svc.${CLUSTER_DOMAIN}`);
        });
  const answer = targets.map((value): DnsRecord => ({ name: own, type: 'PTR', value }));
  // What no object has is asked of the servers outside.
  return answer.length === 0
    ? { code: 'FORWARDED', answer: [], extra: [] }
    : { code: 'NOERROR', answer: distinct(answer), extra: [] };
}

function reversedAddress(own: string): ReturnType<typeof parseIp> {
  if (own.endsWith(REVERSE_V4)) return parseIp(own.slice(0, -REVERSE_V4.length).split('.').toReversed().join('.'));
  if (!own.endsWith(REVERSE_V6)) return undefined;
  const digits = own.slice(0, -REVERSE_V6.length).split('.').toReversed().join('');
  return parseIp(digits.replaceAll(/(.{4})(?!$)/g, '$1:'));
}

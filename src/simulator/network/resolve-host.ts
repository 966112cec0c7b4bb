import { parseIp } from '../../apimachinery/ip.ts';
import type { DnsAnswer } from '../coredns/answer-name.ts';
import type { FlowRun } from '../kernel/flow.ts';
import type { Family } from './addresses.ts';
import { PUBLIC_DNS_IPS, familyOf } from './addresses.ts';
import type { PacketAnswer, PacketParameters } from './packets.ts';
import type { ResolvConf } from './resolv-conf.ts';
import { endsSearch, questionsFor } from './resolv-conf.ts';
import { DNS_PORT } from './route-packet.ts';

/** A packet that a process sends: who it is from the kernel knows. */
export type Ask = Pick<
  PacketParameters,
  'fromIp' | 'toIp' | 'port' | 'protocol' | 'question' | 'family' | 'host' | 'review'
>;

export type AskRun = FlowRun<Ask, PacketAnswer>;

/** Who asks for the addresses of a host. */
export interface Resolver {
  readonly host: string;
  readonly resolvConf: ResolvConf;
  /** The asker's own addresses. */
  readonly fromIps: readonly string[];
  /** Families of addresses that are of use. */
  readonly families: readonly Family[];
}

/** The addresses of a host, of each family those that were answered; or why there are none. */
export interface Resolved {
  /** Names that were asked for. */
  readonly questions: readonly string[];
  readonly addresses: readonly (readonly string[])[];
  readonly failure?: 'unknown host' | 'refused' | 'timeout' | 'outside the cluster';
}

/**
 * What the resolver of the C library does: it asks for the addresses of each family that its machine has, `A` and `AAAA`
 * at once, name after name of the search list, until one is answered with any.
 * Source: getaddrinfo(3), `AI_ADDRCONFIG`; resolv.conf(5).
 */
export function resolveHost(run: AskRun, resolver: Resolver): Resolved {
  const { host, resolvConf, families } = resolver;
  if (parseIp(host) !== undefined) return { questions: [], addresses: [[host]] };
  const [server] = resolvConf.nameservers;
  if (server === undefined) return isOfCluster(host) ? failed('unknown host', []) : publicly(run, host, resolver, []);
  const questions: string[] = [];
  const names = [...questionsFor(host, resolvConf)];
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    questions.push(name);
    const answers = run.callAll(families.map((family) => questionTo(server, name ?? '', family, resolver.fromIps)));
    const lost = answers.find(({ type }) => type !== 'dns');
    if (lost !== undefined) return failed(lost.type === 'refused' ? 'refused' : 'timeout', questions);
    const found = answers.map(dnsAnswerOf);
    if (found.some(({ code }) => code === 'FORWARDED'))
      return isOfCluster(name) ? failed('unknown host', questions) : publicly(run, name, resolver, questions);
    const alias = found.find((one) => one.alias !== undefined)?.alias;
    if (alias !== undefined) names.unshift(alias);
    if (found.some(({ addresses }) => addresses.length > 0))
      return { questions, addresses: found.map(({ addresses }) => addresses) };
    if (endsSearch(found, resolvConf)) break;
  }
  return failed('unknown host', questions);
}

function failed(failure: NonNullable<Resolved['failure']>, questions: readonly string[]): Resolved {
  return { questions, addresses: [], failure };
}

/** What the DNS of the world knows of a name. */
function publicly(run: AskRun, name: string, { families, fromIps }: Resolver, questions: readonly string[]): Resolved {
  const found = families.map((family) => {
    const [own] = families;
    const answer = run.call(questionTo(PUBLIC_DNS_IPS[own ?? 4], name, family, fromIps));
    return answer.type === 'dns' ? dnsAnswerOf(answer).addresses.slice(0, 1) : [];
  });
  return found.some((addresses) => addresses.length > 0)
    ? { questions, addresses: found }
    : failed('outside the cluster', questions);
}

function questionTo(server: string, name: string, family: Family, fromIps: readonly string[]): Ask {
  const fromIp = sourceFor(server, fromIps) ?? '';
  const asked = { fromIp, toIp: server, port: DNS_PORT, protocol: 'udp', question: name };
  return family === 6 ? { ...asked, family } : asked;
}

/** The asker's address from which it reaches another; undefined: it has none of that family. */
export function sourceFor(ip: string, fromIps: readonly string[]): string | undefined {
  return fromIps.find((own) => familyOf(own) === familyOf(ip));
}

function dnsAnswerOf(answer: PacketAnswer): DnsAnswer {
  return answer.type === 'dns' ? (answer.result as unknown as DnsAnswer) : { code: 'NXDOMAIN', addresses: [] };
}

/** Whether only the cluster's own DNS could know a name. */
function isOfCluster(host: string): boolean {
  return !host.includes('.') || host.endsWith('.cluster.local') || host.endsWith('.svc');
}

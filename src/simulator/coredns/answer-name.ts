import { parseIp } from '../../apimachinery/ip.ts';
import type { DnsFound, DnsRecords } from './look-up.ts';
import { lookUp } from './look-up.ts';

/** The answer to a question for the addresses of a name, of one family. */
export interface DnsAnswer {
  /** `NOERROR` without addresses: the name is there, but has none. `FORWARDED`: a name outside the cluster. */
  readonly code: DnsFound['code'];
  readonly addresses: readonly string[];
  /** The name for which the name stands: of a Service of type ExternalName. */
  readonly alias?: string;
}

/** What CoreDNS answers to clients that want to connect; who follows an alias asks again. */
export function answerName(name: string, records: DnsRecords, family: 4 | 6 = 4): DnsAnswer {
  const { code, hosts, alias } = lookUp(name, records);
  const addresses = [...new Set(hosts.map(({ ip }) => ip))].filter((ip) => parseIp(ip)?.family === family);
  return { code, addresses, ...(alias === undefined ? {} : { alias }) };
}

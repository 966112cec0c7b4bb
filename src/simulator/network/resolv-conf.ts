import type { KubernetesObject } from '../../apimachinery/object.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, asName, booleanAt, stringAt } from '../../base/json.ts';
import type { DnsAnswer } from '../coredns/answer-name.ts';
import { CLUSTER_DOMAIN } from '../coredns/look-up.ts';
import type { CLibrary } from './c-library.ts';
import { cLibraryOf } from './c-library.ts';

/** What stands in a Pod's /etc/resolv.conf. Without nameservers names are the business of the machine's own resolver. */
export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly searches: readonly string[];
  /** Names with fewer dots are first tried with the searches behind them. */
  readonly ndots: number;
  /** Who reads it: glibc where left out. */
  readonly library?: CLibrary;
}

/** What machines of the simulation have: a resolver that knows nothing of the cluster. */
export const HOST_RESOLV_CONF: ResolvConf = { nameservers: [], searches: [], ndots: 1 };
/** Source: pkg/kubelet/network/dns/dns.go `defaultDNSOptions`, 1.36. */
const CLUSTER_NDOTS = 5;
/** Source: pkg/apis/core/validation/validation.go `MaxDNSNameservers`, `MaxDNSSearchPaths`, `MaxDNSSearchListChars`, 1.36. */
const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;
const MOST_SEARCH_CHARACTERS = 2048;

/** `dnsIp` is what the kubelet is told as `clusterDNS`. Source: pkg/kubelet/network/dns/dns.go `GetPodDNS`, 1.36. */
export function resolvConfOf(pod: KubernetesObject, dnsIp: string): ResolvConf {
  const policy = stringAt(pod, 'spec', 'dnsPolicy') ?? 'ClusterFirst';
  const isHost = booleanAt(pod, 'spec', 'hostNetwork') === true;
  const isCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !isHost);
  const namespace = namespaceOf(pod) ?? 'default';
  const base: ResolvConf = isCluster
    ? {
        nameservers: [dnsIp],
        searches: [`${namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
        ndots: CLUSTER_NDOTS,
      }
    : HOST_RESOLV_CONF;
  const names = (list: string): readonly string[] =>
    arrayAt(pod, 'spec', 'dnsConfig', list).flatMap((value) => asName(value) ?? []);
  const ndots = arrayAt(pod, 'spec', 'dnsConfig', 'options').findLast((option) => stringAt(option, 'name') === 'ndots');
  return {
    nameservers: [...new Set([...base.nameservers, ...names('nameservers')])].slice(0, MOST_SERVERS),
    searches: fittingSearches([...new Set([...base.searches, ...names('searches')])]),
    ndots: Number(stringAt(ndots, 'value') ?? base.ndots),
    ...(cLibraryOf(pod) === 'musl' ? { library: 'musl' as const } : {}),
  };
}

/** As many as fit into one line. Source: pkg/kubelet/network/dns/dns.go `formDNSSearchFitsLimits`, 1.36. */
function fittingSearches(searches: readonly string[]): readonly string[] {
  const fitting = searches.slice(0, MOST_SEARCHES);
  while (fitting.join(' ').length > MOST_SEARCH_CHARACTERS) fitting.pop();
  return fitting;
}

/**
 * The names that are asked for one after another, until one is there: resolv.conf(5), `search` and `ndots`. musl searches
 * for no name with that many dots: src/network/lookup_name.c `name_from_dns_search`, 1.2.
 */
export function questionsFor(host: string, { searches, ndots, library }: ResolvConf): readonly string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const dots = host.split('.').length - 1;
  const searched = searches.map((search) => `${host}.${search}`);
  if (dots < ndots) return [...searched, host];
  return library === 'musl' ? [host] : [host, ...searched];
}

/**
 * Whether nothing is asked after these answers although none has an address: to musl a name that is there without any ends
 * the search. Source: musl src/network/lookup_name.c `name_from_dns`, 1.2.
 */
export function endsSearch(answers: readonly DnsAnswer[], { library }: ResolvConf): boolean {
  return library === 'musl' && answers.every(({ code, alias }) => code === 'NOERROR' && alias === undefined);
}

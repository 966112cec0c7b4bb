import { parseIp } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, asName, booleanAt, nameAt, stringAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';

/** What CoreDNS knows. */
export interface DnsRecords {
  readonly namespaces: View;
  readonly services: View;
  readonly slices: View;
}

/** The answer to a question for the IPv4 addresses of a name. */
export interface DnsAnswer {
  /** `NOERROR` without addresses: the name is there, but has none. `FORWARDED`: a name outside the cluster. */
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'FORWARDED';
  readonly addresses: readonly string[];
  /** The name for which the name stands: of a Service of type ExternalName. */
  readonly alias?: string;
}

export const CLUSTER_DOMAIN = 'cluster.local';
const NONE: DnsAnswer = { code: 'NXDOMAIN', addresses: [] };
const NO_DATA: DnsAnswer = { code: 'NOERROR', addresses: [] };

/**
 * What CoreDNS answers with the configuration that kubeadm gives it (`kubernetes cluster.local`, `pods insecure`).
 * Source: coredns/coredns plugin/kubernetes/{kubernetes,parse}.go, 1.12; cmd/kubeadm/app/phases/addons/dns/manifests.go.
 */
export function answerName(name: string, records: DnsRecords): DnsAnswer {
  const lower = name.toLowerCase().replace(/\.$/, '');
  if (lower === CLUSTER_DOMAIN) return NO_DATA;
  if (!lower.endsWith(`.${CLUSTER_DOMAIN}`)) return { code: 'FORWARDED', addresses: [] };
  const labels = lower.slice(0, -CLUSTER_DOMAIN.length - 1).split('.');
  const type = labels.pop();
  if (type !== 'svc' && type !== 'pod') return NONE;
  const namespace = labels.pop();
  if (namespace === undefined) return NO_DATA;
  if (records.namespaces.get(undefined, namespace) === undefined) return NONE;
  const own = labels.pop();
  if (own === undefined) return NO_DATA;
  if (type === 'pod') return labels.length === 0 ? podAnswer(own) : NONE;
  return serviceAnswer(records, namespace, own, labels);
}

/** `10-244-1-2.shop.pod.cluster.local`: any address that reads as one is answered. */
function podAnswer(word: string): DnsAnswer {
  const parsed = parseIp(word.replaceAll('-', '.'));
  return parsed?.family === 4 ? { code: 'NOERROR', addresses: [word.replaceAll('-', '.')] } : NONE;
}

function serviceAnswer(
  { services, slices }: DnsRecords,
  namespace: string,
  name: string,
  rest: readonly string[],
): DnsAnswer {
  const service = services.get(namespace, name);
  if (service === undefined) return NONE;
  // `_port._protocol`, or the host name of one endpoint.
  const [first = '', second = ''] = rest.length === 2 ? rest : [];
  const isPort = first.startsWith('_') && second.startsWith('_');
  if (rest.length > 2 || (rest.length === 2 && !isPort)) return NONE;
  const endpoint = rest.length === 1 ? rest[0] : undefined;
  if (stringAt(service, 'spec', 'type') === 'ExternalName') {
    const alias = nameAt(service, 'spec', 'externalName');
    return endpoint === undefined && alias !== undefined && parseIp(alias) === undefined
      ? { code: 'NOERROR', addresses: [], alias }
      : NONE;
  }
  const port = isPort ? { name: first.slice(1), protocol: second.slice(1) } : undefined;
  const isHeadless = stringAt(service, 'spec', 'clusterIP') === 'None';
  if (!isHeadless && endpoint === undefined) {
    if (port !== undefined && !arrayAt(service, 'spec', 'ports').some((own) => isNamed(own, port))) return NONE;
    return found(arrayAt(service, 'spec', 'clusterIPs').flatMap((address) => asName(address) ?? []));
  }
  return found(endpointAddresses(slices.indexed('service', `${namespace}/${name}`), endpoint, port));
}

function found(addresses: readonly string[]): DnsAnswer {
  const own = [...new Set(addresses)].filter((address) => parseIp(address)?.family === 4);
  return addresses.length === 0 ? NONE : { code: 'NOERROR', addresses: own };
}

interface PortQuestion {
  readonly name: string;
  readonly protocol: string;
}

function isNamed(port: unknown, wanted: PortQuestion): boolean {
  return (
    stringAt(port, 'name')?.toLowerCase() === wanted.name &&
    (stringAt(port, 'protocol') ?? 'TCP').toLowerCase() === wanted.protocol
  );
}

/** Ready endpoints only. Source: plugin/kubernetes/object/endpoint.go `EndpointSliceToEndpoints`. */
function endpointAddresses(
  slices: readonly KubernetesObject[],
  host: string | undefined,
  port: PortQuestion | undefined,
): readonly string[] {
  return slices
    .filter((slice) => port === undefined || arrayAt(slice, 'ports').some((own) => isNamed(own, port)))
    .flatMap((slice) => arrayAt(slice, 'endpoints'))
    .filter((endpoint) => booleanAt(endpoint, 'conditions', 'ready') !== false)
    .flatMap((endpoint) =>
      arrayAt(endpoint, 'addresses').flatMap((value) => {
        const address = asName(value);
        if (address === undefined) return [];
        const own = nameAt(endpoint, 'hostname') ?? address.replaceAll(/[.:]/g, '-');
        return host === undefined || own.toLowerCase() === host ? [address] : [];
      }),
    );
}

import { parseIp } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, asName, booleanAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import type { View } from '../client/view.ts';

/** What CoreDNS knows. */
export interface DnsRecords {
  readonly namespaces: View;
  readonly services: View;
  readonly slices: View;
}

/** One address behind a name, with one port of it. */
export interface DnsHost {
  readonly ip: string;
  /** Undefined where no port is declared. */
  readonly port: number | undefined;
  /** The name of that address itself: of the Service, or of one endpoint. */
  readonly target: string;
}

/** What is behind a name. `FORWARDED`: a name outside the cluster. Without hosts the name is there and has none. */
export interface DnsFound {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'FORWARDED';
  readonly hosts: readonly DnsHost[];
  /** The name for which the name stands: of a Service of type ExternalName. */
  readonly alias?: string;
}

export const CLUSTER_DOMAIN = 'cluster.local';
const NONE: DnsFound = { code: 'NXDOMAIN', hosts: [] };
const NO_DATA: DnsFound = { code: 'NOERROR', hosts: [] };
const FORWARDED: DnsFound = { code: 'FORWARDED', hosts: [] };

export function bareName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/**
 * What CoreDNS finds with the configuration that kubeadm gives it (`kubernetes cluster.local`, `pods insecure`).
 * Source: coredns/coredns plugin/kubernetes/{kubernetes,parse}.go, 1.12; cmd/kubeadm/app/phases/addons/dns/manifests.go.
 */
export function lookUp(name: string, records: DnsRecords): DnsFound {
  const lower = bareName(name);
  if (lower === CLUSTER_DOMAIN) return NO_DATA;
  if (!lower.endsWith(`.${CLUSTER_DOMAIN}`)) return FORWARDED;
  const labels = lower.slice(0, -CLUSTER_DOMAIN.length - 1).split('.');
  const type = labels.pop();
  if (type !== 'svc' && type !== 'pod') return NONE;
  const namespace = labels.pop();
  if (namespace === undefined) return NO_DATA;
  if (records.namespaces.get(undefined, namespace) === undefined) return NONE;
  const own = labels.pop();
  if (own === undefined) return NO_DATA;
  if (type === 'pod') return labels.length === 0 ? podFound(own, lower) : NONE;
  return serviceFound(records, namespace, own, labels);
}

/**
 * `10-244-1-2.shop.pod.cluster.local`, `fd00-10-244-1--2…`: any address that reads as one is answered.
 * Source: coredns/coredns plugin/kubernetes/kubernetes.go `findPods`, 1.12.
 */
function podFound(word: string, target: string): DnsFound {
  const isV4 = word.split('-').length === 4 && !word.includes('--');
  const ip = word.replaceAll('-', isV4 ? '.' : ':');
  return parseIp(ip) !== undefined ? { code: 'NOERROR', hosts: [{ ip, port: undefined, target }] } : NONE;
}

function serviceFound(
  { services, slices }: DnsRecords,
  namespace: string,
  name: string,
  rest: readonly string[],
): DnsFound {
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
      ? { code: 'NOERROR', hosts: [], alias: bareName(alias) }
      : NONE;
  }
  const port = isPort ? { name: first.slice(1), protocol: second.slice(1) } : undefined;
  const isHeadless = stringAt(service, 'spec', 'clusterIP') === 'None';
  const hosts =
    isHeadless || endpoint !== undefined
      ? endpointHosts(slices.indexed('service', `${namespace}/${name}`), endpoint, port, serviceName(service))
      : clusterHosts(service, port);
  return hosts.length === 0 ? NONE : { code: 'NOERROR', hosts };
}

/** `web.shop.svc.cluster.local`. */
export function serviceName(service: KubernetesObject): string {
  return `${nameOf(service)}.${namespaceOf(service) ?? ''}.svc.${CLUSTER_DOMAIN}`;
}

interface PortQuestion {
  readonly name: string;
  readonly protocol: string;
}

function isNamed(port: JsonValue, wanted: PortQuestion | undefined): boolean {
  return (
    wanted === undefined ||
    (stringAt(port, 'name')?.toLowerCase() === wanted.name &&
      (stringAt(port, 'protocol') ?? 'TCP').toLowerCase() === wanted.protocol)
  );
}

function clusterHosts(service: KubernetesObject, port: PortQuestion | undefined): readonly DnsHost[] {
  const target = serviceName(service);
  const ports = arrayAt(service, 'spec', 'ports').filter((own) => isNamed(own, port));
  return ports.flatMap((own) =>
    arrayAt(service, 'spec', 'clusterIPs').flatMap((value): DnsHost[] => {
      const ip = asName(value);
      return ip === undefined ? [] : [{ ip, port: numberAt(own, 'port'), target }];
    }),
  );
}

/** Ready endpoints only. Source: plugin/kubernetes/object/endpoint.go `EndpointSliceToEndpoints`. */
function endpointHosts(
  slices: readonly KubernetesObject[],
  host: string | undefined,
  port: PortQuestion | undefined,
  service: string,
): readonly DnsHost[] {
  return slices.flatMap((slice) => {
    const declared = arrayAt(slice, 'ports');
    const ports = declared.filter((own) => isNamed(own, port)).map((own) => numberAt(own, 'port'));
    // Endpoints without ports have addresses all the same.
    const numbers = declared.length === 0 && port === undefined ? [undefined] : ports;
    return numbers.flatMap((number) =>
      namedAddresses(slice)
        .filter(({ hostname }) => host === undefined || hostname === host)
        .map(({ ip, hostname }) => ({ ip, port: number, target: `${hostname}.${service}` })),
    );
  });
}

/** Addresses of ready endpoints, each with the name that it has below that of its Service. */
export function namedAddresses(slice: KubernetesObject): readonly { readonly ip: string; readonly hostname: string }[] {
  return arrayAt(slice, 'endpoints')
    .filter((endpoint) => booleanAt(endpoint, 'conditions', 'ready') !== false)
    .flatMap((endpoint) =>
      arrayAt(endpoint, 'addresses').flatMap((value) => {
        const ip = asName(value);
        const hostname = nameAt(endpoint, 'hostname') ?? ip?.replaceAll(/[.:]/g, '-');
        return ip === undefined || hostname === undefined ? [] : [{ ip, hostname: hostname.toLowerCase() }];
      }),
    );
}

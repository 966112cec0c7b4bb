import { formatCidr, formatIp, parseCidr, parseIp } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, asString, nameAt, numberAt, stringAt } from '../../base/json.ts';

/** One port of a Service as kube-proxy sees it. Source: pkg/proxy/serviceport.go `BaseServicePortInfo`, 1.36. */
export interface ServicePort {
  /** `namespace/service:port`, or `namespace/service` where the port has no name. */
  readonly name: string;
  /** `namespace/service`. */
  readonly service: string;
  readonly portName: string;
  /** `tcp`, `udp`, `sctp`: as iptables writes it. */
  readonly protocol: string;
  readonly clusterIp: string;
  readonly port: number;
  /** 0: none. */
  readonly nodePort: number;
  readonly externalIps: readonly string[];
  readonly loadBalancerIps: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly healthCheckNodePort: number;
  /** How long a client stays with its endpoint; undefined without session affinity. */
  readonly affinitySeconds: number | undefined;
  readonly isExternalLocal: boolean;
  readonly isInternalLocal: boolean;
}

/** Whether kube-proxy does nothing for a Service: it has no address. Source: pkg/proxy/util/utils.go, 1.36. */
export function isSkipped(service: KubernetesObject): boolean {
  const address = nameAt(service, 'spec', 'clusterIP');
  return address === undefined || address === 'None' || stringAt(service, 'spec', 'type') === 'ExternalName';
}

/** The ports of a Service for one family of addresses; none where it has no address of that family. */
export function servicePorts(service: KubernetesObject, family: 4 | 6 = 4): readonly ServicePort[] {
  if (isSkipped(service)) return [];
  const own = texts(service, 'spec', 'clusterIPs');
  const [clusterIp] = (own.length > 0 ? own : [stringAt(service, 'spec', 'clusterIP') ?? '']).flatMap((address) =>
    canonical(address, family),
  );
  if (clusterIp === undefined) return [];
  const isExternalLocal = isExternal(service) && stringAt(service, 'spec', 'externalTrafficPolicy') === 'Local';
  const hasAffinity = stringAt(service, 'spec', 'sessionAffinity') === 'ClientIP';
  const common = {
    service: `${namespaceOf(service) ?? ''}/${nameOf(service)}`,
    clusterIp,
    externalIps: texts(service, 'spec', 'externalIPs').flatMap((address) => canonical(address, family)),
    loadBalancerIps: arrayAt(service, 'status', 'loadBalancer', 'ingress')
      .filter((ingress) => (stringAt(ingress, 'ipMode') ?? 'VIP') === 'VIP')
      .flatMap((ingress) => canonical(stringAt(ingress, 'ip') ?? '', family)),
    sourceRanges: sourceRanges(service, family),
    healthCheckNodePort:
      isExternalLocal && stringAt(service, 'spec', 'type') === 'LoadBalancer'
        ? (numberAt(service, 'spec', 'healthCheckNodePort') ?? 0)
        : 0,
    affinitySeconds: hasAffinity
      ? numberAt(service, 'spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds')
      : undefined,
    isExternalLocal,
    isInternalLocal: stringAt(service, 'spec', 'internalTrafficPolicy') === 'Local',
  };
  return arrayAt(service, 'spec', 'ports').map((port) => portOf(common, port));
}

function portOf(common: Omit<ServicePort, 'name' | 'portName' | 'protocol' | 'port' | 'nodePort'>, port: JsonValue) {
  const portName = stringAt(port, 'name') ?? '';
  return {
    ...common,
    name: portName === '' ? common.service : `${common.service}:${portName}`,
    portName,
    protocol: (stringAt(port, 'protocol') ?? 'TCP').toLowerCase(),
    port: numberAt(port, 'port') ?? 0,
    nodePort: numberAt(port, 'nodePort') ?? 0,
  };
}

/** Source: pkg/api/v1/service/util.go `ExternallyAccessible`, 1.36. */
function isExternal(service: KubernetesObject): boolean {
  const type = stringAt(service, 'spec', 'type') ?? 'ClusterIP';
  const hasExternalIps = arrayAt(service, 'spec', 'externalIPs').length > 0;
  return type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && hasExternalIps);
}

/** What of a port decides whether it sends to any endpoint or only to those of its own Node. */
export type EndpointPolicy = Pick<
  ServicePort,
  'nodePort' | 'loadBalancerIps' | 'externalIps' | 'isInternalLocal' | 'isExternalLocal'
>;

/** Whether the port is reached by something else than the cluster IP. */
export function isExternallyAccessible({ nodePort, loadBalancerIps, externalIps }: EndpointPolicy): boolean {
  return nodePort !== 0 || loadBalancerIps.length > 0 || externalIps.length > 0;
}

export function usesClusterEndpoints(port: EndpointPolicy): boolean {
  return !port.isInternalLocal || isExternallyAccessible(port);
}

export function usesLocalEndpoints(port: EndpointPolicy): boolean {
  return port.isInternalLocal || (port.isExternalLocal && isExternallyAccessible(port));
}

function texts(object: KubernetesObject, ...path: readonly string[]): readonly string[] {
  return arrayAt(object, ...path).flatMap((value) => asString(value) ?? []);
}

function canonical(address: string, family: 4 | 6): readonly string[] {
  const parsed = parseIp(address);
  return parsed?.family === family ? [formatIp(parsed)] : [];
}

/** A range of everything is as good as none. */
function sourceRanges(service: KubernetesObject, family: 4 | 6): readonly string[] {
  const ranges = texts(service, 'spec', 'loadBalancerSourceRanges').flatMap((text) => {
    const cidr = parseCidr(text.trim());
    if (cidr === undefined || cidr.family !== family) return [];
    return [{ text: formatCidr(cidr), isAll: cidr.prefixLength === 0 }];
  });
  return ranges.some(({ isAll }) => isAll) ? [] : ranges.map(({ text }) => text);
}

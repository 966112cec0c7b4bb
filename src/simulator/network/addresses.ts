import type { Cidr } from '../../apimachinery/ip.ts';
import { addressAt, cidrContains, formatIp, parseCidr, parseIp } from '../../apimachinery/ip.ts';

export type Family = 4 | 6;

/** Families as Kubernetes writes them. Source: staging/src/k8s.io/api/core/v1/types.go `IPFamily`, 1.36. */
export const IP_FAMILIES = ['IPv4', 'IPv6'] as const;

export type IpFamily = (typeof IP_FAMILIES)[number];

export function familyNumber(name: IpFamily): Family {
  return name === 'IPv6' ? 6 : 4;
}

/** The family of an address or network that is one. */
export function familyOf(text: string): Family {
  return text.includes(':') ? 6 : 4;
}

/** The family of an address or network as Kubernetes writes it. */
export function familyName(text: string): IpFamily {
  return `IPv${familyOf(text)}`;
}

/** `10.244.1.2:80`, `[fd00:10:244:1::2]:80`: Go's `net.JoinHostPort`. */
export function hostPort(ip: string, port: number): string {
  return familyOf(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** The first of some addresses that is of a family. */
export function ofFamily(ips: readonly string[], family: Family): string | undefined {
  return ips.find((ip) => familyOf(ip) === family);
}

/**
 * Networks of Services, of each family, as kubeadm and kind are given them.
 * Source: cmd/kubeadm/app/apis/kubeadm/v1beta4/defaults.go, 1.36; kind pkg/internal/apis/config/default.go.
 */
const SERVICE_NETWORKS: Readonly<Record<Family, string>> = { 4: '10.96.0.0/12', 6: 'fd00:10:96::/112' };

export function serviceNetworkOf(family: Family): string {
  return SERVICE_NETWORKS[family];
}

/** A part of the Pods' network for each of 256 Nodes, and the larger network where there are more of them. */
const POD_NETWORKS: Readonly<Record<Family, readonly [usual: string, large: string]>> = {
  4: ['10.244.0.0/16', '10.224.0.0/11'],
  6: ['fd00:10:244::/56', 'fd00:10:244::/48'],
};
const USUAL_NODES = 256;

export function podNetworkFor(family: Family, nodes: number): string {
  const [usual, large] = POD_NETWORKS[family];
  return nodes <= USUAL_NODES ? usual : large;
}

/** The API server's address among those of Services. Source: pkg/controlplane/services.go `ServiceIPRange`, 1.36. */
const API_SERVICE_AT = 1n;
/** That of the cluster's DNS. Source: cmd/kubeadm/app/constants/constants.go `GetDNSIP`, 1.36. */
const DNS_AT = 10n;

/** The addresses that a cluster's own Services have in the first of its networks. */
export function ownServiceIps([first = serviceNetworkOf(4)]: readonly string[]): {
  readonly api: string;
  readonly dns: string;
} {
  const network = parseCidr(first);
  const at = (index: bigint): string => addressText(network && addressAt(network, index));
  return { api: at(API_SERVICE_AT), dns: at(DNS_AT) };
}

function addressText(address: ReturnType<typeof addressAt>): string {
  return address === undefined ? '' : formatIp(address);
}

/** Documentation addresses stand for what is outside: RFC 5737, and RFC 3849 with the same numbers. */
const BALANCER_PREFIXES: Readonly<Record<Family, string>> = { 4: '192.0.2.', 6: '2001:db8:0:2::' };

/** An address of a load balancer of the cloud. */
export function balancerIp(family: Family, number: number): string {
  return BALANCER_PREFIXES[family] + (family === 6 ? number.toString(16) : String(number));
}

export function isBalancerIp(ip: string): boolean {
  return ip.startsWith(BALANCER_PREFIXES[familyOf(ip)]);
}

/** Servers of the world's DNS, which know the hosts of Ingresses and Gateways. */
export const PUBLIC_DNS_IPS: Readonly<Record<Family, string>> = { 4: '198.51.100.53', 6: '2001:db8:0:51::53' };

/** The addresses of a client that is no machine of the cluster. */
export const OUTSIDE_IPS: Readonly<Record<Family, string>> = { 4: '203.0.113.10', 6: '2001:db8:0:113::10' };

/** Networks in which no machine is: their addresses lead nowhere but through rules, or are not routed at all (RFC 4193). */
const NOT_ROUTED: readonly Cidr[] = [serviceNetworkOf(4), 'fc00::/7'].flatMap((network) => parseCidr(network) ?? []);

export function isRoutedNowhere(ip: string): boolean {
  const address = parseIp(ip);
  return address !== undefined && NOT_ROUTED.some((network) => cidrContains(network, address));
}

const HALF = 64n;

/**
 * What the addresses of one Node's Pods have in common: three numbers of IPv4, `10.244.1`, as a Node gets a /24; the first
 * half of IPv6, `fd00:10:244:1::`, as it gets a /64. Source: cmd/kube-controller-manager/app/core.go, 1.36.
 */
export function podNetworkKey(ip: string): string {
  if (familyOf(ip) === 4) return ip.slice(0, ip.lastIndexOf('.'));
  const value = parseIp(ip)?.value ?? 0n;
  return formatIp({ family: 6, value: (value >> HALF) << HALF });
}

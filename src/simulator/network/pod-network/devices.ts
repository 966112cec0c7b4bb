import { formatIp, parseIp } from '../../../apimachinery/ip.ts';
import { formatHash, hashOf } from '../../../base/hash.ts';
import type { Family } from '../addresses.ts';
import { familyOf, podNetworkKey } from '../addresses.ts';
import type { Machine } from '../machines.ts';
import { hostIpFor, primaryIp } from '../machines.ts';

/** The last four bytes of an address, after two that say what has it. */
function hardwareAddress(prefix: string, ip: string): string {
  const value = (parseIp(ip)?.value ?? 0n) & 0xffffffffn;
  const bytes = [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 0xffn).toString(16).padStart(2, '0'));
  return [prefix, ...bytes].join(':');
}

/** Of a Pod’s `eth0` and of a bridge: made of the address, as the plugin `bridge` did. Source: containernetworking/plugins pkg/utils/hwaddr. */
export function podMac(ip: string): string {
  return hardwareAddress('0a:58', ip);
}

/** Of a Node’s `eth0`: as Docker gives them to the Nodes of kind. */
export function nodeMac(machine: Machine): string {
  return hardwareAddress('02:42', primaryIp(machine));
}

/** Of the router between Nodes and the world: the first address of their network. */
export const ROUTER_MAC = '02:42:ac:12:00:01';

/** Of the device that wraps packets; a real one draws it. */
export function wrapperMac(machine: Machine): string {
  return hardwareAddress('06:58', primaryIp(machine));
}

/** What a Pod without a bridge takes for its gateway: its Node answers for it. Source: projectcalico/calico, `ee:ee:ee:ee:ee:ee`. */
export const PROXY_MAC = 'ee:ee:ee:ee:ee:ee';
export const PROXY_GATEWAYS: Readonly<Record<Family, string>> = { 4: '169.254.1.1', 6: 'fe80::ecee:eeff:feee:eeee' };

/** The Node’s end of a Pod’s veth pair; real names are drawn. */
export function vethName(prefix: 'veth' | 'cali', podIp: string): string {
  return prefix + formatHash(hashOf(podIp)).slice(0, 8);
}

export const BRIDGE = 'cni0';

export function wrapperName(family: Family): string {
  return family === 6 ? 'flannel-v6.1' : 'flannel.1';
}

/** `10.244.1.0/24`, `fd00:10:244:1::/64`: the Pods of the Node that has this one. */
export function podCidr(podIp: string): string {
  const key = podNetworkKey(podIp);
  return familyOf(podIp) === 6 ? `${key}/64` : `${key}.0/24`;
}

/** The address of the bridge, which Pods have as gateway: the first of their Node’s part. */
export function bridgeIp(podIp: string): string {
  const key = podNetworkKey(podIp);
  if (familyOf(podIp) === 4) return `${key}.1`;
  return formatIp({ family: 6, value: (parseIp(key)?.value ?? 0n) + 1n });
}

/** The first address of a Node’s part: the device that wraps packets has it. */
export function wrapperIp(podIp: string): string {
  const key = podNetworkKey(podIp);
  return familyOf(podIp) === 4 ? `${key}.0` : key;
}

/** The router’s address: the first of the Nodes’ network. */
export function routerIp(family: Family): string {
  return family === 6 ? 'fc00:f853:ccd:e793::1' : '172.18.0.1';
}

/** The network in which a Node is. */
export function nodeCidr(family: Family): string {
  return family === 6 ? 'fc00:f853:ccd:e793::/64' : '172.18.0.0/16';
}

export function hostIpLike(machine: Machine, ip: string): string {
  return hostIpFor(machine, familyOf(ip));
}

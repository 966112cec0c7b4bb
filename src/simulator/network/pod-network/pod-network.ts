import type { Family } from '../addresses.ts';

/**
 * How Pods of different Nodes reach each other. `bridge`: Pods are at a bridge of their Node, and the routers of the cloud
 * know which Node has which Pods. `overlay`: the same, but Nodes wrap the packets for each other (VXLAN), so that nothing
 * between them need know of Pods. `routed`: no bridge; each Node tells the others the way to its Pods (BGP).
 */
export const POD_NETWORKS = ['bridge', 'overlay', 'routed'] as const;

export type PodNetworkName = (typeof POD_NETWORKS)[number];

export const DEFAULT_POD_NETWORK: PodNetworkName = 'bridge';

/** Most bytes of one packet on the network of the Nodes: IEEE 802.3. */
export const NODE_MTU = 1500;

/** Bytes of headers. Source: RFC 7348, section 5 (VXLAN), RFC 791 and RFC 8200 (IP), RFC 768 (UDP), IEEE 802.3. */
const VXLAN_BYTES = 8;
const UDP_BYTES = 8;
const IP_BYTES: Readonly<Record<Family, number>> = { 4: 20, 6: 40 };
const ETHERNET_BYTES = 14;

/**
 * What wrapping adds to a packet within the MTU: 50 bytes over IPv4, 70 over IPv6.
 * Source: flannel-io/flannel pkg/backend/vxlan/vxlan_network.go `encapOverhead`.
 */
export function wrapBytes(family: Family): number {
  return IP_BYTES[family] + UDP_BYTES + VXLAN_BYTES + ETHERNET_BYTES;
}

/** Most bytes of one packet of a Pod. */
export function podMtu(network: PodNetworkName, family: Family): number {
  return network === 'overlay' ? NODE_MTU - wrapBytes(family) : NODE_MTU;
}

/**
 * Of the overlay: its number, and the port to which Linux sends what it wraps.
 * Source: flannel-io/flannel pkg/backend/vxlan/vxlan.go `defaultVNI`; Linux drivers/net/vxlan `vxlan_port`.
 */
export const VNI = 1;
export const VXLAN_PORT = 8472;

import type { ComponentId } from '../component.ts';

/** Addresses of Services and of Pods, as kubeadm is given them. */
export const SERVICE_NETWORK = '10.96.0.0/12';
const POD_NETWORK = '10.244.0.0/16';
const LARGE_POD_NETWORK = '10.224.0.0/11';

/** The network of Pods: as usual, or a larger one where there are more Nodes than it has parts. */
export function podNetworkFor(nodes: number): string {
  return nodes <= 256 ? POD_NETWORK : LARGE_POD_NETWORK;
}

/** The tenth address of the Services' network. Source: cmd/kubeadm/app/constants `GetDNSIP`, 1.36. */
export const CLUSTER_DNS_IP = '10.96.0.10';

/** Addresses of load balancers of the cloud begin so (RFC 5737). */
export const BALANCER_ADDRESSES = '192.0.2.';

/** A machine on the network. */
export interface Machine {
  readonly name: string;
  readonly hostIp: string;
  /** First three numbers of the addresses of its Pods: `10.244.1`; empty until its Node has been given them. */
  readonly podNetwork: string;
  /** Processes of the host itself that answer on a port. */
  readonly listeners: readonly { readonly port: number; readonly component: ComponentId }[];
}

/** Method with which the network plugin of a Node is told which addresses its Pods get. */
export const CONFIGURE = 'configure';
/** Method with which it tells who is to lead the others to them. */
export const ANNOUNCE = 'announce';
/** Method with which the routes are told anew: a machine has come, or has Pods. */
export const ROUTES = 'routes';

/** Every machine of a cluster and its addresses: what routers know. Immutable. */
export interface Machines {
  readonly byName: ReadonlyMap<string, Machine>;
  readonly byHostIp: ReadonlyMap<string, Machine>;
  readonly byPodNetwork: ReadonlyMap<string, Machine>;
}

/** The addresses of the machine with a number, before it has Pods: 256 x 256 of them at most. */
export function addressesOf(index: number): Pick<Machine, 'hostIp' | 'podNetwork'> {
  const host = index + 2;
  return { hostIp: `172.18.${host >> 8}.${host & 255}`, podNetwork: '' };
}

export function machinesOf(machines: readonly Machine[]): Machines {
  return Object.freeze({
    byName: Object.freeze(new Map(machines.map((machine) => [machine.name, machine]))),
    byHostIp: Object.freeze(new Map(machines.map((machine) => [machine.hostIp, machine]))),
    byPodNetwork: Object.freeze(new Map(machines.map((machine) => [machine.podNetwork, machine]))),
  });
}

/** The machine to which an address leads: its own, or that of one of its Pods; undefined: none of the cluster's. */
export function machineAt({ byHostIp, byPodNetwork }: Machines, ip: string): Machine | undefined {
  return byHostIp.get(ip) ?? byPodNetwork.get(ip.slice(0, ip.lastIndexOf('.')));
}

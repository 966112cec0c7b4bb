import type { ComponentId } from '../component.ts';
import type { Family } from './addresses.ts';
import { ofFamily, podNetworkKey } from './addresses.ts';
import type { PodNetworkName } from './pod-network/pod-network.ts';

/** A machine on the network. */
export interface Machine {
  readonly name: string;
  /** One of each family of the cluster, that of Services which say nothing first. */
  readonly hostIps: readonly string[];
  /** Keys of the networks of its Pods: `10.244.1`; none until its Node has been given them. */
  readonly podNetworks: readonly string[];
  /** Processes of the host itself that answer on a port. */
  readonly listeners: readonly { readonly port: number; readonly component: ComponentId }[];
}

/** Method with which the network plugin of a Node is told which addresses its Pods get. */
export const CONFIGURE = 'configure';
/** Method with which it tells who is to lead the others to them. */
export const ANNOUNCE = 'announce';
/** Method with which the routes are told anew: a machine has come, or has Pods. */
export const ROUTES = 'routes';

/** What is the same for all machines of a cluster. */
export interface MachinesNetwork {
  /** Families of addresses, that of Services which say nothing first. */
  readonly families: readonly Family[];
  /** The address of the cluster's DNS. */
  readonly dnsIp: string;
  /** How Pods of different Nodes reach each other. */
  readonly podNetwork: PodNetworkName;
}

/** Every machine of a cluster and its addresses: what routers know. Immutable. */
export interface Machines {
  readonly network: MachinesNetwork;
  readonly byName: ReadonlyMap<string, Machine>;
  readonly byHostIp: ReadonlyMap<string, Machine>;
  readonly byPodNetwork: ReadonlyMap<string, Machine>;
}

/** Networks of the machines themselves, as kind has them. Source: kind pkg/cluster/internal/providers/docker/network.go. */
const HOST_PREFIXES: Readonly<Record<Family, string>> = { 4: '172.18.', 6: 'fc00:f853:ccd:e793::' };

/** The addresses of the machine with a number, before it has Pods: 256 x 256 of them at most. */
export function addressesOf(index: number, families: readonly Family[]): Pick<Machine, 'hostIps' | 'podNetworks'> {
  const host = index + 2;
  const ends: Readonly<Record<Family, string>> = { 4: `${host >> 8}.${host & 255}`, 6: host.toString(16) };
  return { hostIps: families.map((family) => HOST_PREFIXES[family] + ends[family]), podNetworks: [] };
}

export function machinesOf(machines: readonly Machine[], network: MachinesNetwork): Machines {
  const byKeys = (keysOf: (machine: Machine) => readonly string[]): ReadonlyMap<string, Machine> =>
    Object.freeze(new Map(machines.flatMap((machine) => keysOf(machine).map((key) => [key, machine] as const))));
  return Object.freeze({
    network,
    byName: byKeys(({ name }) => [name]),
    byHostIp: byKeys(({ hostIps }) => hostIps),
    byPodNetwork: byKeys(({ podNetworks }) => podNetworks),
  });
}

/** The address by which a machine is known. */
export function primaryIp(machine: Machine | undefined): string {
  return machine?.hostIps[0] ?? '';
}

/** The address of a machine that those of a family can reach; the primary one where it has none. */
export function hostIpFor(machine: Machine, family: Family): string {
  return ofFamily(machine.hostIps, family) ?? primaryIp(machine);
}

/** The machine to which an address leads: its own, or that of one of its Pods; undefined: none of the cluster's. */
export function machineAt({ byHostIp, byPodNetwork }: Machines, ip: string): Machine | undefined {
  return byHostIp.get(ip) ?? byPodNetwork.get(podNetworkKey(ip));
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { ComponentId, ComponentPlace } from '../component.ts';
import { INGRESS_PORTS, INGRESS_PROXY } from '../ingress/ingress-proxy.ts';
import type { FamilySettings, ProxyModeName } from '../kubeproxy/proxy-mode.ts';
import { familyOf, ofFamily } from './addresses.ts';
import type { Machine, Machines, MachinesNetwork } from './machines.ts';
import { addressesOf, machinesOf } from './machines.ts';
import { POLICY_CONTROLLER } from './policies/policy-controller.ts';

/** Adds a component to the cluster. */
export type Add = (place: ComponentPlace, settings: unknown) => void;

/** What is chosen for the network of a cluster. */
export interface ClusterNetwork {
  readonly proxyMode: ProxyModeName;
  /** Networks of Pods, one of each family of addresses. */
  readonly podNetworks: readonly string[];
  readonly serviceNetworks: readonly string[];
}

const COREDNS = 'coredns-0';

/** The addresses of a cluster's Nodes, in their order, and of the control plane's machines that are no Nodes. */
export function machinesFor(
  nodes: readonly KubernetesObject[],
  apiServers: readonly { readonly id: ComponentId; readonly machine: string }[],
  addons: string,
  network: MachinesNetwork,
  hasIngress = false,
): Machines {
  const names = nodes.map(nameOf);
  const others = apiServers.map(({ machine }) => machine).filter((machine) => !names.includes(machine));
  const ofAddons = [
    { port: 53, component: COREDNS },
    ...(hasIngress ? INGRESS_PORTS.map((port) => ({ port, component: INGRESS_PROXY })) : []),
  ];
  const machines: Machine[] = [...names, ...others].map((name, index) => ({
    name,
    ...addressesOf(index, network.families),
    listeners: [
      ...apiServers.flatMap(({ id, machine }) => (machine === name ? [{ port: 6443, component: id }] : [])),
      ...(name === addons ? ofAddons : []),
    ],
  }));
  return machinesOf(machines, network);
}

/** The kernels of all machines, kube-proxy on each Node, CoreDNS, and those who use what runs in the cluster. */
export function placeNetwork(
  add: Add,
  machines: Machines,
  nodes: readonly KubernetesObject[],
  {
    server,
    addons,
    network,
    behaviours,
  }: {
    readonly server: ComponentId;
    /** The machine of what runs once in a cluster. */
    readonly addons: string;
    readonly network: ClusterNetwork;
    readonly behaviours: readonly Behaviour[];
  },
): void {
  for (const { name } of machines.byName.values()) placeKernel(add, machines, name);
  add({ id: 'linux/outside', kind: 'linux', process: 'linux/outside', machine: 'outside' }, { machines, behaviours });
  for (const node of nodes) placeProxy(add, machines, nameOf(node), { server, network });
  add({ id: POLICY_CONTROLLER, kind: POLICY_CONTROLLER, process: POLICY_CONTROLLER, machine: addons }, { server });
  add({ id: COREDNS, kind: 'coredns', process: 'coredns', machine: addons }, { server });
}

export function placeKernel(add: Add, machines: Machines, machine: string): void {
  const id = `linux/${machine}`;
  add({ id, kind: 'linux', process: id, machine }, { machine, machines });
}

export function placeProxy(
  add: Add,
  machines: Machines,
  machine: string,
  { server, network }: { readonly server: ComponentId; readonly network: ClusterNetwork },
): void {
  const id = `kube-proxy/${machine}`;
  const families = familiesOf(network, machines.byName.get(machine));
  add(
    { id, kind: 'kube-proxy', process: id, machine },
    { server, linux: `linux/${machine}`, node: machine, mode: network.proxyMode, families },
  );
}

/** The families of addresses that a kube-proxy serves, with what it knows of each. */
function familiesOf(
  { podNetworks, serviceNetworks }: ClusterNetwork,
  machine: Machine | undefined,
): readonly FamilySettings[] {
  return podNetworks.flatMap((podNetwork) => {
    const family = familyOf(podNetwork);
    const nodeIp = ofFamily(machine?.hostIps ?? [], family) ?? '';
    return [{ family, nodeIp, podNetwork, serviceNetworks: serviceNetworks.filter((one) => familyOf(one) === family) }];
  });
}

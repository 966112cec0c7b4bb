import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Context } from '../component.ts';
import type { Machines } from '../network/machines.ts';
import { ROUTES, addressesOf, machinesOf } from '../network/machines.ts';
import { placeKernel, placeProxy } from '../network/place-network.ts';
import { placeNode } from '../place-node.ts';
import type { FaultSettings } from './fault-component.ts';

/** A machine comes: it has addresses, the others learn the way to it, and its processes begin. */
export function join(
  state: { readonly settings: FaultSettings; machines: Machines },
  node: KubernetesObject,
  context: Context,
): void {
  const name = nameOf(node);
  const { network } = state.machines;
  const known = [...state.machines.byName.values()];
  if (!state.machines.byName.has(name)) {
    state.machines = machinesOf(
      [...known, { name, ...addressesOf(known.length, network.families), listeners: [] }],
      network,
    );
    tellRoutes(state.machines, context);
  }
  const add: Parameters<typeof placeKernel>[0] = (place, settings) => context.machinery.add(place, settings);
  placeKernel(add, state.machines, name);
  placeNode(add, node, state.machines, state.settings);
  placeProxy(add, state.machines, name, state.settings);
}

/** All machines learn where the others and their Pods are. */
export function tellRoutes(machines: Machines, context: Context): void {
  const message = { type: 'call', id: 0, method: ROUTES, parameters: Object.freeze({ machines }) } as const;
  for (const id of [...context.running('linux/'), ...context.running('traffic')]) context.notice(id, 0, message);
}

/** The Pods of some machines have addresses, by the names of the machines. */
export function withPodNetworks(machines: Machines, podNetworks: ReadonlyMap<string, readonly string[]>): Machines {
  if (podNetworks.size === 0) return machines;
  const known = [...machines.byName.values()].map((machine) => {
    const own = podNetworks.get(machine.name);
    return own === undefined ? machine : { ...machine, podNetworks: own };
  });
  return machinesOf(known, machines.network);
}

/** A machine goes with all that ran on it. */
export function leave(node: string, context: Context): void {
  for (const id of context.running('')) if (id.endsWith(`/${node}`)) context.machinery.remove(id);
}

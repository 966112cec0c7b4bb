import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { Behaviour } from './behaviour/behaviour.ts';
import type { ComponentId } from './component.ts';
import type { Machines } from './network/machines.ts';
import type { Add } from './network/place-network.ts';
import type { CsiDriver } from './storage/csi-driver.ts';

/** What is the same for all Nodes. */
export interface NodeSettings {
  readonly server: ComponentId;
  readonly behaviours: readonly Behaviour[];
  readonly routes: ComponentId;
  /** Storage drivers that register with every kubelet. */
  readonly drivers: readonly CsiDriver[];
  /** Heartbeats are told together with those of the other Nodes. */
  readonly beatsTogether: boolean;
}

/** What runs on a machine: its runtime, its network plugin and its kubelet. */
export function placeNode(
  add: Add,
  node: KubernetesObject,
  machines: Machines,
  { server, behaviours, routes, beatsTogether, drivers }: NodeSettings,
): void {
  const machine = nameOf(node);
  const addresses = machines.byName.get(machine);
  if (addresses === undefined) return;
  const { hostIps } = addresses;
  const [runtime, cni, kubelet] = [`containerd/${machine}`, `cni/${machine}`, `kubelet/${machine}`];
  const csi = `csi/${machine}`;
  add({ id: csi, kind: 'csi-node', process: csi, machine }, { machine, drivers });
  add({ id: cni, kind: 'cni', process: runtime, machine }, { machine, routes });
  add({ id: runtime, kind: 'containerd', process: runtime, machine }, { cni, kubelet, behaviours });
  add(
    { id: kubelet, kind: 'kubelet', process: kubelet, machine },
    { server, runtime, csi, node, hostIps, behaviours, beatsTogether, drivers },
  );
}

import type { InitialKey } from './bootstrap/objects.ts';
import type { ComponentId } from './component.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { Topology } from './topology.ts';
import { controlPlaneMachine, etcdMachines } from './topology.ts';

const ETCD = 'etcd-';

/** etcd in one piece, or its members; gives their ids. */
export function placeEtcd(
  kernel: Kernel,
  topology: Topology,
  seed: number,
  initial: readonly InitialKey[],
): readonly ComponentId[] {
  const machines = etcdMachines(topology);
  const members = machines.map((_, index) => `${ETCD}${index}`);
  machines.forEach((machine, index) => {
    const id = members[index]!;
    kernel.add({ id, kind: 'etcd-member', process: id, machine }, { initial, members, seed });
  });
  if (members.length > 0) return members;
  const id = `${ETCD}0`;
  kernel.add({ id, kind: 'etcd-folded', process: id, machine: controlPlaneMachine(topology) }, { initial });
  return [id];
}

/** How programs share one machine. */
export const ARRANGEMENTS = ['bare', 'type2', 'type1', 'containers', 'microvm'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/**
 * Hypervisors by the name under which they are sold, and where each sits. Source: VMware, “Getting Started with VMware
 * Workstation Pro” (it is installed on a host system) and “VMware ESXi Installation and Setup” (on the machine itself).
 */
export const PRODUCTS: Readonly<Record<string, Arrangement>> = {
  'VMware Workstation': 'type2',
  'VMware ESXi': 'type1',
};

/** How a guest that is not to touch the machine is kept from it. Source: Intel SDM volume 3, chapter 25; Xen, hypercall ABI. */
export const METHODS = ['full', 'para', 'hardware'] as const;
export type Method = (typeof METHODS)[number];

/** What things need and how long they take: of the lesson, illustrative unless it says otherwise. */
export interface Costs {
  readonly hostOsMiB: number;
  readonly hypervisorMiB: number;
  readonly guestOsMiB: number;
  readonly microGuestMiB: number;
  readonly containerMiB: number;
  readonly appMiB: number;
  readonly guestBootMs: number;
  readonly microBootMs: number;
  readonly processStartMs: number;
}

export interface App {
  readonly name: string;
  readonly port: number;
  /** The VM in which it runs; on the host's own kernel where left out. */
  readonly vm: string | undefined;
}

export interface Vm {
  readonly name: string;
  readonly memoryMiB: number;
}

/** One machine and how it is shared out. */
export interface Machine {
  readonly name: string;
  readonly arrangement: Arrangement;
  /** What its hypervisor is called, where the lesson says it. */
  readonly product: string | undefined;
  readonly vms: readonly Vm[];
  readonly apps: readonly App[];
  /** Kernels that have panicked: `host`, or the name of a VM. */
  readonly dead: readonly string[];
  readonly method: Method | undefined;
  /** How long the newest app took until it served, in milliseconds. */
  readonly startMs: number;
}

export interface HostState {
  readonly memoryMiB: number;
  readonly costs: Costs;
  readonly machines: readonly Machine[];
  /** The one that is shown large. */
  readonly shown: string | undefined;
  readonly refusal: string;
}

/** Whether apps of it run in machines of their own, each with a kernel. */
export function usesVms(arrangement: Arrangement): boolean {
  return arrangement === 'type1' || arrangement === 'type2' || arrangement === 'microvm';
}

/** Whether there is an operating system beneath everything else. */
export function hasHostOs(arrangement: Arrangement): boolean {
  return arrangement !== 'type1';
}

/** What is used before the first app, in MiB. */
export function baseMiB({ arrangement }: Pick<Machine, 'arrangement'>, costs: Costs): number {
  const hypervisor = usesVms(arrangement) ? costs.hypervisorMiB : 0;
  return (hasHostOs(arrangement) ? costs.hostOsMiB : 0) + hypervisor;
}

/** What one app needs beside itself, in MiB. */
export function overheadMiB(arrangement: Arrangement, costs: Costs): number {
  if (arrangement === 'microvm') return costs.microGuestMiB;
  if (usesVms(arrangement)) return costs.guestOsMiB;
  return arrangement === 'containers' ? costs.containerMiB : 0;
}

export function usedMiB(machine: Machine, costs: Costs): number {
  return baseMiB(machine, costs) + machine.apps.length * (costs.appMiB + overheadMiB(machine.arrangement, costs));
}

/** How many apps the machine has memory for. */
export function capacity(machine: Machine, { memoryMiB, costs }: HostState): number {
  const each = costs.appMiB + overheadMiB(machine.arrangement, costs);
  return Math.max(0, Math.floor((memoryMiB - baseMiB(machine, costs)) / each));
}

/** Until an app serves: its guest has to boot before, where it has one. */
export function startMs(arrangement: Arrangement, costs: Costs): number {
  if (arrangement === 'microvm') return costs.microBootMs + costs.processStartMs;
  return (usesVms(arrangement) ? costs.guestBootMs : 0) + costs.processStartMs;
}

/** An app lives as long as every kernel beneath it. A hypervisor of type I is such a kernel itself. */
export function lives({ dead }: Machine, { vm }: App): boolean {
  return !dead.includes('host') && (vm === undefined || !dead.includes(vm));
}

/** Kernels of operating systems that run on it, guests' and its own. */
export function kernels({ arrangement, vms }: Machine): number {
  return (hasHostOs(arrangement) ? 1 : 0) + vms.length;
}

/**
 * What a kubelet measures of its Node to find out whether it runs short.
 * Source: pkg/kubelet/eviction/api/types.go, 1.36.2.
 */
export type Signal =
  | 'memory.available'
  | 'allocatableMemory.available'
  | 'nodefs.available'
  | 'nodefs.inodesFree'
  | 'imagefs.available'
  | 'imagefs.inodesFree'
  | 'containerfs.available'
  | 'containerfs.inodesFree'
  | 'pid.available';

/** Conditions of a Node that runs short. */
export type PressureType = 'MemoryPressure' | 'DiskPressure' | 'PIDPressure';

/** What is given back when Pods end; inodes and pids have no name outside the kubelet. */
export type StarvedResource = 'memory' | 'ephemeral-storage' | 'inodes' | 'pids';

interface SignalFacts {
  readonly condition: PressureType;
  readonly resource: StarvedResource;
}

const MEMORY: SignalFacts = { condition: 'MemoryPressure', resource: 'memory' };
const DISK: SignalFacts = { condition: 'DiskPressure', resource: 'ephemeral-storage' };
const INODES: SignalFacts = { condition: 'DiskPressure', resource: 'inodes' };

/** Source: pkg/kubelet/eviction/helpers.go `signalToNodeCondition`, `signalToResource`, 1.36.2. */
const FACTS: ReadonlyMap<string, SignalFacts> = new Map<Signal, SignalFacts>([
  ['memory.available', MEMORY],
  ['allocatableMemory.available', MEMORY],
  ['imagefs.available', DISK],
  ['containerfs.available', DISK],
  ['nodefs.available', DISK],
  ['imagefs.inodesFree', INODES],
  ['nodefs.inodesFree', INODES],
  ['containerfs.inodesFree', INODES],
  ['pid.available', { condition: 'PIDPressure', resource: 'pids' }],
]);

export function isSignal(name: string): name is Signal {
  return FACTS.has(name);
}

/** The condition that tells of the signal; undefined for a signal that nobody knows. */
export function conditionOf(signal: string): PressureType | undefined {
  return FACTS.get(signal)?.condition;
}

export function resourceOf(signal: string): StarvedResource | undefined {
  return FACTS.get(signal)?.resource;
}

export function isMemorySignal(signal: string): boolean {
  return resourceOf(signal) === 'memory';
}

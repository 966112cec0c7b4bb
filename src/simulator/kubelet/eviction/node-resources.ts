import { quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import { valueAt } from '../../../base/json.ts';
import type { KubeletState } from '../state.ts';
import type { Observations } from './observe.ts';
import type { Signal } from './signals.ts';
import type { Threshold } from './thresholds.ts';
import { amountOf, isHard } from './thresholds.ts';

/** How much of each signal there is, in bytes: of those that the Node's status tells. */
export type Capacities = Readonly<Partial<Record<Signal, number>>>;

/** Bytes of what the Node has, or what it leaves to Pods; undefined where it does not say. */
function bytesOf(
  { settings }: KubeletState,
  field: 'capacity' | 'allocatable',
  name: 'memory' | 'ephemeral-storage',
): number | undefined {
  const quantity = quantityOf(valueAt(settings.node, 'status', field, name));
  return quantity === undefined ? undefined : Number(valueOf(quantity));
}

/**
 * All of the memory is there for Pods but what is reserved, and the machine itself is taken to use none; images and
 * containers lie on one disk. The Pods' own limit is what is allocatable and the hard threshold that was taken off it.
 * Source: pkg/kubelet/cm/node_container_manager_linux.go `getNodeAllocatableAbsolute`, 1.36.2.
 */
export function capacitiesOf(state: KubeletState, thresholds: readonly Threshold[]): Capacities {
  const memory = bytesOf(state, 'capacity', 'memory');
  const disk = bytesOf(state, 'capacity', 'ephemeral-storage');
  const found: Partial<Record<Signal, number>> = {};
  if (memory !== undefined) {
    const hard = thresholds.find((one) => one.signal === 'memory.available' && isHard(one));
    const reserved = hard === undefined ? 0 : amountOf(hard.value, memory);
    const allocatable = bytesOf(state, 'allocatable', 'memory') ?? memory;
    found['memory.available'] = memory;
    found['allocatableMemory.available'] = Math.min(memory, allocatable + reserved);
  }
  if (disk !== undefined) {
    found['nodefs.available'] = disk;
    found['imagefs.available'] = disk;
  }
  return found;
}

/** Bytes that are in use. */
export interface InUse {
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

export function observationsOf(capacities: Capacities, inUse: InUse, atMs: number): Observations {
  const observed = Object.entries(capacities).map(([signal, capacity]) => {
    const used = signal === 'nodefs.available' || signal === 'imagefs.available' ? inUse.diskBytes : inUse.memoryBytes;
    return [signal, Object.freeze({ available: Math.max(0, capacity - used), capacity, atMs })] as const;
  });
  return Object.freeze(Object.fromEntries(observed));
}

/** Bytes of the images on the Node's disk. */
export function imageBytes({ images }: KubeletState): number {
  return [...images.values()].reduce((sum, sizeBytes) => sum + sizeBytes, 0);
}

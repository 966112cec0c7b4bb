import type { Quantity } from '../../../apimachinery/quantity.ts';
import {
  ZERO,
  addQuantities,
  compareQuantities,
  quantityOf,
  subtractQuantities,
} from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { deviceIdOf } from './device-id.ts';
import type { Pool } from './resource-pools.ts';
import { devicesOf } from './resource-pools.ts';

type Counters = Map<string, Quantity>;

/**
 * Counters that devices of a pool share: what is left of them, and what a search has taken. Used within one search only.
 * Source: structured/internal/incubating/allocator_incubating.go `checkAvailableCounters`, 1.36.
 */
export class SharedCounters {
  private readonly available = new Map<Pool, Counters>();
  private readonly consumed = new Map<Pool, Counters>();
  private readonly isAllocated: (deviceId: string) => boolean;

  constructor(isAllocated: (deviceId: string) => boolean) {
    this.isAllocated = isAllocated;
  }

  /** Whether there is enough for the device; it is then taken. */
  take(pool: Pool, device: JsonValue): boolean {
    const available = this.availableIn(pool);
    const consumed = this.consumed.get(pool) ?? new Map<string, Quantity>();
    this.consumed.set(pool, consumed);
    for (const [counter, amount] of countersOf(device))
      consumed.set(counter, addQuantities(consumed.get(counter) ?? ZERO, amount));
    const isEnough = [...available].every(
      ([counter, left]) => compareQuantities(left, consumed.get(counter) ?? ZERO) >= 0,
    );
    if (!isEnough) this.giveBack(pool, device);
    return isEnough;
  }

  giveBack(pool: Pool, device: JsonValue): void {
    const consumed = this.consumed.get(pool);
    for (const [counter, amount] of countersOf(device))
      consumed?.set(counter, subtractQuantities(consumed.get(counter) ?? ZERO, amount));
  }

  private availableIn(pool: Pool): Counters {
    let available = this.available.get(pool);
    if (available !== undefined) return available;
    available = new Map();
    for (const [set, counterSet] of pool.counterSets)
      for (const [name, counter] of Object.entries(objectAt(counterSet, 'counters') ?? {}))
        available.set(`${set}/${name}`, quantityOf(valueAt(counter, 'value')) ?? ZERO);
    for (const device of [...pool.slices, ...pool.slicesElsewhere].flatMap(devicesOf)) {
      if (!this.isAllocated(deviceIdOf(pool.driver, pool.name, stringAt(device, 'name') ?? ''))) continue;
      for (const [counter, amount] of countersOf(device)) {
        const left = available.get(counter);
        if (left !== undefined) available.set(counter, subtractQuantities(left, amount));
      }
    }
    this.available.set(pool, available);
    return available;
  }
}

/** `set/counter` and amount, of all counters that the device takes. */
function countersOf(device: JsonValue): readonly (readonly [string, Quantity])[] {
  return arrayAt(device, 'consumesCounters').flatMap((consumed) =>
    Object.entries(objectAt(consumed, 'counters') ?? {}).map(
      ([name, counter]) =>
        [`${stringAt(consumed, 'counterSet') ?? ''}/${name}`, quantityOf(valueAt(counter, 'value')) ?? ZERO] as const,
    ),
  );
}

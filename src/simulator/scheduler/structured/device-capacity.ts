import type { Quantity } from '../../../apimachinery/quantity.ts';
import {
  ZERO,
  addQuantities,
  compareQuantities,
  makeQuantity,
  quantityOf,
  valueOf,
} from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../../base/json.ts';

/** Amounts of a device's capacity, by name. */
export type Capacities = ReadonlyMap<string, Quantity>;

export const NO_CAPACITIES: Capacities = new Map();

/**
 * Whether the device has enough left for what is asked for; none where something is asked for that it has not.
 * `requested` is `capacity.requests` of the request. Source: structured/internal/incubating/consumable_capacity.go, 1.36.
 */
export function fitsCapacity(
  device: JsonValue,
  requested: JsonValue | undefined,
  allocated: Capacities,
  allocating: Capacities,
): boolean {
  const capacity = objectAt(device, 'capacity') ?? {};
  if (Object.keys(objectAt(requested) ?? {}).some((name) => capacity[name] === undefined)) return false;
  return Object.entries(capacity).every(([name, own]) => {
    const consumed = consumedOf(valueAt(requested, name), own);
    if (violatesPolicy(consumed, objectAt(own, 'requestPolicy'))) return false;
    const total = [allocated.get(name), allocating.get(name)].reduce<Quantity>(
      (sum, amount) => (amount === undefined ? sum : addQuantities(sum, amount)),
      consumed,
    );
    return compareQuantities(total, quantityOf(valueAt(own, 'value')) ?? ZERO) <= 0;
  });
}

/** What a request takes of each capacity of the device. */
export function consumedCapacities(device: JsonValue, requested: JsonValue | undefined): Capacities {
  return new Map(
    Object.entries(objectAt(device, 'capacity') ?? {}).map(([name, own]) => [
      name,
      consumedOf(valueAt(requested, name), own),
    ]),
  );
}

export function sumCapacities(a: Capacities, b: Capacities): Capacities {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name);
    sum.set(name, before === undefined ? amount : addQuantities(before, amount));
  }
  return sum;
}

function consumedOf(asked: JsonValue | undefined, capacity: JsonValue | undefined): Quantity {
  const requested = quantityOf(asked);
  const policy = objectAt(capacity, 'requestPolicy');
  if (requested === undefined)
    return quantityOf(valueAt(policy, 'default')) ?? quantityOf(valueAt(capacity, 'value')) ?? ZERO;
  const least = quantityOf(valueAt(policy, 'validRange', 'min'));
  if (least !== undefined) return roundedUp(requested, least, quantityOf(valueAt(policy, 'validRange', 'step')));
  return validValues(policy).find((value) => compareQuantities(requested, value) <= 0) ?? requested;
}

function validValues(policy: JsonValue | undefined): readonly Quantity[] {
  return arrayAt(policy, 'validValues').flatMap((value) => quantityOf(value) ?? []);
}

function roundedUp(requested: Quantity, least: Quantity, step: Quantity | undefined): Quantity {
  if (compareQuantities(requested, least) < 0) return least;
  if (step === undefined) return requested;
  const [size, start] = [valueOf(step), valueOf(least)];
  const added = valueOf(requested) - start;
  const steps = added / size + (added % size === 0n ? 0n : 1n);
  return makeQuantity(start + size * steps, 'BinarySI');
}

function violatesPolicy(consumed: Quantity, policy: JsonValue | undefined): boolean {
  const standard = quantityOf(valueAt(policy, 'default'));
  if (policy === undefined || (standard !== undefined && compareQuantities(consumed, standard) === 0)) return false;
  const range = objectAt(policy, 'validRange');
  if (range !== undefined) {
    const most = quantityOf(valueAt(range, 'max'));
    if (most !== undefined && compareQuantities(consumed, most) > 0) return true;
    const step = quantityOf(valueAt(range, 'step'));
    const least = quantityOf(valueAt(range, 'min')) ?? ZERO;
    return step !== undefined && (valueOf(consumed) - valueOf(least)) % valueOf(step) !== 0n;
  }
  const values = validValues(policy);
  return values.length > 0 && !values.some((value) => compareQuantities(consumed, value) === 0);
}

import type { JsonValue } from '../base/json.ts';
import { asObject } from '../base/json.ts';
import { addQuantities, compareQuantities, isZeroQuantity, readQuantityField } from './quantity.ts';
import type { Quantity } from './quantity.ts';

/** Amounts by resource name: `cpu`, `memory`, `hugepages-2Mi`, `example.com/gpu`. Never changed in place. */
export type ResourceList = ReadonlyMap<string, Quantity>;

export const NO_RESOURCES: ResourceList = new Map();

/** Reads `requests`, `limits`, `capacity`, `hard`…; malformed quantities are left out, null counts as zero. */
export function resourceListOf(value: JsonValue | undefined): ResourceList {
  const map = asObject(value);
  if (!map) return NO_RESOURCES;
  const list = new Map<string, Quantity>();
  for (const name of Object.keys(map)) {
    const quantity = readQuantityField(map[name]);
    if (typeof quantity !== 'string') list.set(name, quantity);
  }
  return list;
}

/** The sum, resource by resource. */
export function addResources(...lists: readonly ResourceList[]): ResourceList {
  const sum = new Map<string, Quantity>();
  for (const list of lists) {
    for (const [name, quantity] of list) {
      const before = sum.get(name);
      sum.set(name, before === undefined ? quantity : addQuantities(before, quantity));
    }
  }
  return sum;
}

/** The larger amount, resource by resource. */
export function maxResources(...lists: readonly ResourceList[]): ResourceList {
  const largest = new Map<string, Quantity>();
  for (const list of lists) {
    for (const [name, quantity] of list) {
      const before = largest.get(name);
      if (before === undefined || compareQuantities(quantity, before) > 0) largest.set(name, quantity);
    }
  }
  return largest;
}

/** Whether the same resources are there in equal amounts, however they are written. */
export function sameResources(a: ResourceList, b: ResourceList): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, quantity]) => {
    const other = b.get(name);
    return other !== undefined && compareQuantities(quantity, other) === 0;
  });
}

/** The resources of which there is more than nothing, or less. */
export function withoutZeros(list: ResourceList): ResourceList {
  return new Map([...list].filter(([, quantity]) => !isZeroQuantity(quantity)));
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { ZERO, quantityOf } from '../../../apimachinery/quantity.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { Capacities } from './device-capacity.ts';
import { NO_CAPACITIES, sumCapacities } from './device-capacity.ts';
import { deviceIdOf } from './device-id.ts';

/** What claims have taken of all devices. */
export interface AllocatedDevices {
  /** Ids of devices that one claim has alone. */
  readonly whole: ReadonlySet<string>;
  /** Ids of devices that claims share, with what is taken of their capacities. */
  readonly shared: ReadonlyMap<string, Capacities>;
}

/**
 * Access as an administrator takes nothing.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/allocateddevices.go `foreachAllocatedDevice`, 1.36.
 */
export function allocatedDevices(claims: Iterable<KubernetesObject>): AllocatedDevices {
  const whole = new Set<string>();
  const shared = new Map<string, Capacities>();
  for (const claim of claims) {
    for (const result of arrayAt(claim, 'status', 'allocation', 'devices', 'results')) {
      if (booleanAt(result, 'adminAccess') === true) continue;
      const id = deviceIdOf(
        stringAt(result, 'driver') ?? '',
        stringAt(result, 'pool') ?? '',
        stringAt(result, 'device') ?? '',
      );
      if (nameAt(result, 'shareID') === undefined) {
        whole.add(id);
        continue;
      }
      const consumed = Object.entries(objectAt(result, 'consumedCapacity') ?? {});
      shared.set(
        id,
        sumCapacities(
          shared.get(id) ?? NO_CAPACITIES,
          new Map(consumed.map(([name, amount]) => [name, quantityOf(amount) ?? ZERO])),
        ),
      );
    }
  }
  return { whole, shared };
}

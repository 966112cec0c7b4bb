import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { Capacities } from './device-capacity.ts';
import type { DeviceRequest } from './device-request.ts';
import type { Pool } from './resource-pools.ts';

/** A device with where it was found. */
export interface FoundDevice {
  readonly id: string;
  readonly device: JsonValue;
  readonly slice: KubernetesObject;
  readonly pool: Pool;
}

/** A device that a search gives to a request. */
export interface ChosenDevice extends FoundDevice {
  readonly request: DeviceRequest;
  /** Of a device that serves several claims. */
  readonly shared: { readonly consumed: Capacities } | undefined;
}

import { arrayAt, asName, asNumber, valueAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** Ports that the containers of a Pod say they listen at: by number and by name. Sidecars may be init containers. */
export interface ContainerPorts {
  readonly numbers: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
  /** At least one container lists ports; where none does, nothing can be said of numbers. */
  readonly listed: boolean;
}

export function containerPorts(podSpec: JsonObject): ContainerPorts {
  const numbers = new Set<number>();
  const names = new Set<string>();
  for (const list of ['containers', 'initContainers']) {
    for (const container of arrayAt(podSpec, list)) {
      for (const port of arrayAt(container, 'ports')) {
        const number = asNumber(valueAt(port, 'containerPort'));
        const name = asName(valueAt(port, 'name'));
        if (number !== undefined) numbers.add(number);
        if (name !== undefined) names.add(name);
      }
    }
  }
  return { numbers, names, listed: numbers.size > 0 };
}

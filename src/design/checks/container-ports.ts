import { arrayAt, asName, asNumber, stringAt, valueAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** Ports that the containers of a Pod say they listen at: by number and by name. */
export interface ContainerPorts {
  readonly numbers: ReadonlySet<number>;
  /** `http/TCP`: a Service finds a name under its own protocol only. */
  readonly names: ReadonlySet<string>;
  /** At least one container lists ports; where none does, nothing can be said of numbers. */
  readonly listed: boolean;
}

/**
 * Ports as a Service finds them: of containers, and of sidecars, which are init containers that are restarted always.
 * Source: staging/src/k8s.io/endpointslice/utils.go, FindPort, 1.36.
 */
export function containerPorts(podSpec: JsonObject): ContainerPorts {
  const numbers = new Set<number>();
  const names = new Set<string>();
  const sidecars = arrayAt(podSpec, 'initContainers').filter(
    (container) => stringAt(container, 'restartPolicy') === 'Always',
  );
  for (const container of [...arrayAt(podSpec, 'containers'), ...sidecars]) {
    for (const port of arrayAt(container, 'ports')) {
      const number = asNumber(valueAt(port, 'containerPort'));
      const name = asName(valueAt(port, 'name'));
      if (number !== undefined) numbers.add(number);
      if (name !== undefined) names.add(`${name}/${stringAt(port, 'protocol') ?? 'TCP'}`);
    }
  }
  return { numbers, names, listed: numbers.size > 0 };
}

import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

export interface ContainerPort {
  readonly name?: string;
  readonly number: number;
  readonly protocol: string;
}

/** The ports that the containers of a Pod spec declare, in order; declaring a port is optional in Kubernetes. */
export function containerPorts(podSpec: JsonObject): readonly ContainerPort[] {
  return arrayAt(podSpec, 'containers').flatMap((container) =>
    arrayAt(container, 'ports').flatMap((port) => {
      const number = numberAt(port, 'containerPort');
      if (number === undefined) return [];
      const name = nameAt(port, 'name');
      return [{ ...(name === undefined ? {} : { name }), number, protocol: stringAt(port, 'protocol') ?? 'TCP' }];
    }),
  );
}

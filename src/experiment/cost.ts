import type { KubernetesObject } from '../apimachinery/object.ts';
import { labelsOf } from '../apimachinery/object.ts';
import { quantityOf, valueOf } from '../apimachinery/quantity.ts';
import { arrayAt, stringAt, valueAt } from '../base/json.ts';
import type { PriceList } from '../simulator/script/prices.ts';
import { INSTANCE_TYPE } from '../simulator/topology.ts';

/** Hours in a month, as those who sell machines count them. */
export const HOURS_PER_MONTH = 730;
const GIB = 2 ** 30;
/** Money is told to a hundredth of a cent. */
const PARTS = 10_000;

export interface Cost {
  readonly perHour: number;
  /** Nodes whose `node.kubernetes.io/instance-type` the list does not know. */
  readonly unpricedNodes: number;
}

/** What the machines, volumes and load balancers of a cluster cost as it stands. */
export function costOf(objects: readonly KubernetesObject[], prices: PriceList): Cost {
  let [perHour, unpricedNodes] = [0, 0];
  for (const object of objects) {
    if (object.kind === 'Node') {
      const size = prices.nodes.find(({ name }) => name === labelsOf(object).get(INSTANCE_TYPE));
      if (size === undefined) unpricedNodes++;
      else perHour += size.perHour;
    } else if (object.kind === 'PersistentVolume')
      perHour += (gibOf(object) * prices.storagePerGiBMonth) / HOURS_PER_MONTH;
    else if (object.kind === 'Service' && hasBalancer(object)) perHour += prices.loadBalancerPerHour;
  }
  return { perHour: Math.round(perHour * PARTS) / PARTS, unpricedNodes };
}

function gibOf(volume: KubernetesObject): number {
  const capacity = quantityOf(valueAt(volume, 'spec', 'capacity', 'storage'));
  return capacity === undefined ? 0 : Number(valueOf(capacity)) / GIB;
}

function hasBalancer(service: KubernetesObject): boolean {
  return (
    stringAt(service, 'spec', 'type') === 'LoadBalancer' &&
    arrayAt(service, 'status', 'loadBalancer', 'ingress').length > 0
  );
}

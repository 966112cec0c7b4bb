import { isZeroQuantity, quantityOf } from '../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';

const LIMITED = ['cpu', 'memory'] as const;

/**
 * What the runtime is told of a container's resources: where the container has no limit of its own, that of the whole Pod
 * holds for it. Source: pkg/kubelet/util/util.go `GetLimits`, 1.36.
 */
export function containerResources(pod: unknown, container: JsonValue): JsonObject {
  const own = objectAt(container, 'resources') ?? {};
  const ofPod = objectAt(pod, 'spec', 'resources', 'limits');
  if (ofPod === undefined) return own;
  const inherited = LIMITED.filter((name) => isGiven(ofPod[name]) && !isGiven(valueAt(own, 'limits', name)));
  if (inherited.length === 0) return own;
  const limits = { ...objectAt(own, 'limits'), ...Object.fromEntries(inherited.map((name) => [name, ofPod[name]!])) };
  return { ...own, limits };
}

function isGiven(value: JsonValue | undefined): boolean {
  const quantity = quantityOf(value);
  return quantity !== undefined && !isZeroQuantity(quantity);
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { podLimits } from '../../../apimachinery/pod-resources.ts';
import { formatQuantity, quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, valueAt } from '../../../base/json.ts';
import type { PodUsage } from './rank.ts';

/**
 * Why a Pod goes that has written more to the disk than its limits allow; undefined where it has not.
 * Source: pkg/kubelet/eviction/eviction_manager.go `podEphemeralStorageLimitEviction`, `containerEphemeralStorageLimitEviction`, 1.36.2.
 */
export function overItsLimit(pod: KubernetesObject, usage: PodUsage | undefined): string | undefined {
  const containers = usage?.containers ?? [];
  const used = containers.map(({ name, root, logs }) => ({ name, bytes: (root?.bytes ?? 0) + (logs?.bytes ?? 0) }));
  const total = used.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total === 0) return undefined;
  const limit = podLimits(pod as JsonValue).get('ephemeral-storage');
  if (limit !== undefined && total > Number(valueOf(limit)))
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${formatQuantity(limit)}. `;
  for (const { name, bytes } of used) {
    const spec = arrayAt(pod, 'spec', 'containers').find((container) => nameAt(container, 'name') === name);
    const own = quantityOf(valueAt(spec, 'resources', 'limits', 'ephemeral-storage'));
    if (own === undefined || valueOf(own) === 0n || bytes <= Number(valueOf(own))) continue;
    return `Container ${name} exceeded its local ephemeral storage limit "${formatQuantity(own)}". `;
  }
  return undefined;
}

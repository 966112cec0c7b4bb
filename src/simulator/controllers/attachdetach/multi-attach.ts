import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';

/**
 * Why a Pod cannot have a volume that is attached elsewhere: it is told the Pods of its own Namespace, of others their number.
 * Source: pkg/controller/volume/attachdetach/reconciler/reconciler.go `reportMultiAttachError`, 1.36.
 */
export function multiAttachError(volume: string, pod: KubernetesObject, others: readonly KubernetesObject[]): string {
  return `Multi-Attach error for volume "${volume}" ${whose(pod, others)}`;
}

function whose(pod: KubernetesObject, others: readonly KubernetesObject[]): string {
  if (others.length === 0) return "Volume is already exclusively attached to one node and can't be attached to another";
  const own = others.filter((other) => namespaceOf(other) === namespaceOf(pod)).map(nameOf);
  const foreign = `${others.length - own.length} pod(s) in different namespaces`;
  if (own.length === 0) return `Volume is already used by ${foreign}`;
  const words = `Volume is already used by pod(s) ${own.join(', ')}`;
  return own.length === others.length ? words : `${words} and ${foreign}`;
}

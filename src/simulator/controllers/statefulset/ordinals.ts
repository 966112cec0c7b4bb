import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { numberAt } from '../../../base/json.ts';
import { REVISION_HASH } from '../history/revisions.ts';

const NAME = /^(.*)-([0-9]+)$/;
const INT32_MAX = 2_147_483_647;

/**
 * The StatefulSet and the ordinal that a Pod's name tells; '' and -1 where it tells none.
 * Source: pkg/controller/statefulset/stateful_set_utils.go `getParentNameAndOrdinal`, 1.36.
 */
export function parentAndOrdinal(pod: KubernetesObject): { readonly parent: string; readonly ordinal: number } {
  const [, parent, digits] = NAME.exec(nameOf(pod)) ?? [];
  if (parent === undefined || digits === undefined) return { parent: '', ordinal: -1 };
  const ordinal = Number(digits);
  return { parent, ordinal: ordinal <= INT32_MAX ? ordinal : -1 };
}

export function ordinalOf(pod: KubernetesObject): number {
  return parentAndOrdinal(pod).ordinal;
}

export function startOrdinal(set: KubernetesObject): number {
  return numberAt(set, 'spec', 'ordinals', 'start') ?? 0;
}

export function wantedReplicas(set: KubernetesObject): number {
  return numberAt(set, 'spec', 'replicas') ?? 1;
}

export function isInRange(pod: KubernetesObject, set: KubernetesObject): boolean {
  const at = ordinalOf(pod) - startOrdinal(set);
  return at >= 0 && at < wantedReplicas(set);
}

/** Name of the revision that a Pod was made of; '' where it has none. */
export function podRevision(pod: KubernetesObject): string {
  return labelsOf(pod).get(REVISION_HASH) ?? '';
}

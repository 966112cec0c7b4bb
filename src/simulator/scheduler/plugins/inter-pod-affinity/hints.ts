import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { labelsOf } from '../../../../apimachinery/object.ts';
import type { QueueingHint } from '../../cluster-event.ts';
import type { PodInfo } from '../../pod-info.ts';
import { podInfoOf } from '../../pod-info.ts';
import { hint, isPlaced, isSamePod } from '../event-hints.ts';
import { allTermsMatch, termsOf } from './terms.ts';

/** Source: interpodaffinity/plugin.go `isSchedulableAfterPodChange`, 1.36. */
export function hintAfterPod(
  pod: PodInfo,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): QueueingHint {
  if (before !== undefined && isSamePod(pod.pod, after)) return 'Queue';
  if ((after !== undefined && !isPlaced(after)) || (before !== undefined && !isPlaced(before))) return 'QueueSkip';
  const { affinity, antiAffinity } = termsOf(pod);
  const was = before && podInfoOf(before);
  const is = after && podInfoOf(after);
  if (was !== undefined && is !== undefined) {
    const comesNear = !allTermsMatch(affinity, was) && allTermsMatch(affinity, is);
    return hint(comesNear || (allTermsMatch(antiAffinity, was) && !allTermsMatch(antiAffinity, is)));
  }
  if (is !== undefined) return hint(allTermsMatch(affinity, is));
  if (was === undefined) return 'QueueSkip';
  return hint(allTermsMatch(antiAffinity, was) || allTermsMatch(termsOf(was).antiAffinity, pod));
}

/** Source: interpodaffinity/plugin.go `isSchedulableAfterNodeChange`, 1.36. */
export function hintAfterNode(
  pod: PodInfo,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): QueueingHint {
  if (after === undefined) return 'QueueSkip';
  const { affinity, antiAffinity } = termsOf(pod);
  const was = before && labelsOf(before);
  const is = labelsOf(after);
  for (const { topologyKey } of affinity)
    if (is.has(topologyKey) && was?.get(topologyKey) !== is.get(topologyKey)) return 'Queue';
  for (const { topologyKey } of antiAffinity)
    if (was === undefined || (was.has(topologyKey) && was.get(topologyKey) !== is.get(topologyKey))) return 'Queue';
  return 'QueueSkip';
}

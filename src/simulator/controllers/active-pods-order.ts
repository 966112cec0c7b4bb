import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';

const PHASES = ['Pending', 'Unknown', 'Running'];

/**
 * Pods in the order in which they are given up where nothing else decides: those without a Node first, then those that
 * do not run, are not ready, became ready last, were made last.
 * Source: pkg/controller/controller_utils.go `ActivePods.Less`, 1.36.
 */
export function compareActivePods(a: KubernetesObject, b: KubernetesObject): number {
  const keys = [isPlaced, phasePlace, readyPlace];
  for (const key of keys) if (key(a) !== key(b)) return key(a) - key(b);
  const [readyA, readyB] = [readySince(a), readySince(b)];
  if (readyA !== readyB) return readyA < readyB ? 1 : -1;
  const [madeA, madeB] = [a, b].map((pod) => stringAt(pod, 'metadata', 'creationTimestamp') ?? '');
  return madeA === madeB ? 0 : madeA! < madeB! ? 1 : -1;
}

function isPlaced(pod: KubernetesObject): number {
  return nameAt(pod, 'spec', 'nodeName') === undefined ? 0 : 1;
}

function phasePlace(pod: KubernetesObject): number {
  return PHASES.indexOf(stringAt(pod, 'status', 'phase') ?? '');
}

function readyPlace(pod: KubernetesObject): number {
  return stringAt(findCondition(conditionsOf(pod), 'Ready'), 'status') === 'True' ? 1 : 0;
}

function readySince(pod: KubernetesObject): string {
  const ready = findCondition(conditionsOf(pod), 'Ready');
  return stringAt(ready, 'status') === 'True' ? (stringAt(ready, 'lastTransitionTime') ?? '') : '';
}

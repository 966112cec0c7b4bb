import { isBeingDeleted } from '../../../apimachinery/object.ts';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { asArray, asString, step, stringAt } from '../../../base/json.ts';
import { msOf } from '../../kernel/clock.ts';

/** What controllers ask of a Pod. Source: pkg/api/v1/pod/util.go and pkg/controller/controller_utils.go, 1.36. */
export function phaseOf(pod: KubernetesObject): string {
  return asString(step(step(pod, 'status'), 'phase')) ?? '';
}

export function isTerminal(pod: KubernetesObject): boolean {
  const phase = phaseOf(pod);
  return phase === 'Succeeded' || phase === 'Failed';
}

export function isActive(pod: KubernetesObject): boolean {
  return !isTerminal(pod) && !isBeingDeleted(pod);
}

export function isTerminating(pod: KubernetesObject): boolean {
  return !isTerminal(pod) && isBeingDeleted(pod);
}

export function isReady(pod: KubernetesObject): boolean {
  // Asked of every Pod of an owner at every change of one: no list of conditions is made for it.
  for (const condition of asArray(step(step(pod, 'status'), 'conditions')))
    if (step(condition, 'type') === 'Ready') return step(condition, 'status') === 'True';
  return false;
}

/** Milliseconds of the run of a `metav1.Time`; undefined where there is none. */
export function runTimeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : msOf(text);
}

/** When the Ready condition last changed, in milliseconds of the run. */
export function readySinceMs(pod: KubernetesObject): number | undefined {
  return runTimeOf(stringAt(findCondition(conditionsOf(pod), 'Ready'), 'lastTransitionTime'));
}

/** Ready, and for long enough. */
export function isAvailable(pod: KubernetesObject, minReadySeconds: number, nowMs: number): boolean {
  if (!isReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = readySinceMs(pod);
  return since !== undefined && since + minReadySeconds * 1000 <= nowMs;
}

/** How long until the next of the Pods becomes available by waiting alone; undefined where none will. */
export function nextAvailabilityMs(
  pods: readonly KubernetesObject[],
  minReadySeconds: number,
  nowMs: number,
): number | undefined {
  let next: number | undefined;
  for (const pod of pods) {
    const since = isReady(pod) && minReadySeconds > 0 ? readySinceMs(pod) : undefined;
    const wait = since === undefined ? 0 : since + minReadySeconds * 1000 - nowMs;
    if (wait > 0 && (next === undefined || wait < next)) next = wait;
  }
  return next;
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { View } from '../../client/view.ts';
import { ServicePods } from './pod-facts.ts';

/** The Pods that have a place among the endpoints of a Service, by name. The same value as long as they are the same. */
export interface ChosenPods {
  readonly keys: readonly string[];
  readonly pods: readonly KubernetesObject[];
}

/** What was last worked out for a Service: from one sync to the next a few Pods change. */
const last = new WeakMap<KubernetesObject, { readonly view: View; readonly chosen: ChosenPods }>();

export function chosenPods(view: View, service: KubernetesObject): ChosenPods {
  const before = last.get(service);
  if (before?.view === view) return before.chosen;
  const chosen = before === undefined ? allChosen(view, service) : changedFrom(before, view, service);
  last.set(service, { view, chosen });
  return chosen;
}

function allChosen(view: View, service: KubernetesObject): ChosenPods {
  const ofService = ServicePods.of(service);
  const prefix = `${namespaceOf(service) ?? ''}/`;
  const [keys, pods]: [string[], KubernetesObject[]] = [[], []];
  for (const [key, pod] of view.entries()) {
    if (!key.startsWith(prefix) || !ofService.isChosen(pod)) continue;
    keys.push(key);
    pods.push(pod);
  }
  return { keys, pods };
}

function changedFrom(
  before: { readonly view: View; readonly chosen: ChosenPods },
  view: View,
  service: KubernetesObject,
): ChosenPods {
  const ofService = ServicePods.of(service);
  const prefix = `${namespaceOf(service) ?? ''}/`;
  let changed: { readonly keys: string[]; readonly pods: KubernetesObject[] } | undefined;
  for (const { key, before: old, after } of view.changesSince(before.view)) {
    if (!key.startsWith(prefix)) continue;
    const was = old !== undefined && ofService.isChosen(old);
    const is = after !== undefined && ofService.isChosen(after);
    if (!was && !is) continue;
    changed ??= { keys: [...before.chosen.keys], pods: [...before.chosen.pods] };
    const at = placeOf(changed.keys, key);
    changed.keys.splice(at, was ? 1 : 0, ...(is ? [key] : []));
    changed.pods.splice(at, was ? 1 : 0, ...(is ? [after] : []));
  }
  return changed ?? before.chosen;
}

/** Where a key stands, or would. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareStrings(keys[middle] ?? '', key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

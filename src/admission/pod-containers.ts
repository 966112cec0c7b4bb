import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, asObject } from '../base/json.ts';
import type { CONTAINER_LISTS } from '../kinds/shared/pod-spec/containers.ts';
import { withFields } from './edit-object.ts';

export type ContainerList = (typeof CONTAINER_LISTS)[number];

/** The containers of one list of a Pod. */
export function containersIn(pod: KubernetesObject, list: ContainerList): readonly JsonObject[] {
  return arrayAt(pod, 'spec', list).map((container) => asObject(container) ?? {});
}

/** The Pod with each container of some lists changed; the same Pod where none is. */
export function mapContainers(
  pod: KubernetesObject,
  lists: readonly ContainerList[],
  change: (container: JsonObject, list: ContainerList) => JsonObject,
): KubernetesObject {
  const changed: Record<string, readonly JsonObject[]> = {};
  for (const list of lists) {
    const before = containersIn(pod, list);
    const after = before.map((container) => change(container, list));
    if (after.some((container, index) => container !== before[index])) changed[list] = after;
  }
  return Object.keys(changed).length === 0 ? pod : withFields(pod, ['spec'], changed);
}

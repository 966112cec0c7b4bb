import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { NO_CUSTOM_RESOURCES, customResourcesOf } from '../../../kinds/custom-resources.ts';
import type { JudgeContext } from '../../../kinds/served-kind.ts';
import type { View } from '../../client/view.ts';
import { resourceKey } from '../served-resources.ts';
import type { ServedResource } from '../served-resources.ts';
import type { ApiServerState } from '../state.ts';
import { DEFINITIONS, resourceOfDefinition } from './definition.ts';

/** The definitions that an API server has heard of. */
function definitionsOf({ caches }: ApiServerState): View {
  return caches.get(resourceKey(DEFINITIONS))!.view;
}

/** The definition of a custom resource. */
export function definitionOf(state: ApiServerState, { definition }: ServedResource): KubernetesObject | undefined {
  return definition === undefined ? undefined : definitionsOf(state).get(undefined, definition);
}

/** The kinds that an API server knows, by the definitions in a view of them. */
const known = new WeakMap<View, JudgeContext>();

/** How objects are judged: built-in kinds, and custom resources by the definitions that are there now. */
export function kindsOf(state: ApiServerState): JudgeContext {
  const view = definitionsOf(state);
  let kinds = known.get(view);
  if (kinds === undefined) {
    const accepted = view.list().filter((definition) => resourceOfDefinition(definition) !== undefined);
    const customResources = accepted.length === 0 ? NO_CUSTOM_RESOURCES : customResourcesOf(accepted);
    known.set(view, (kinds = { ...state.settings.kinds, customResources }));
  }
  return kinds;
}

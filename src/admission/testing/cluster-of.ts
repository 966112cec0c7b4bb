import { formatGroupKind, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import { NO_CUSTOM_RESOURCES } from '../../kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import type { ClusterView } from '../cluster-view.ts';

/** A cluster that holds these objects and no others; everybody may do everything unless the test says otherwise. */
export function clusterOf(objects: readonly KubernetesObject[], given: Partial<ClusterView> = {}): ClusterView {
  const placed = objects
    .map((object) => {
      const kind = groupVersionKindOf(object);
      const isNamespaced = BUILT_IN_KINDS.get(kind).scope === 'Namespaced';
      const namespace = isNamespaced ? (namespaceOf(object) ?? 'default') : '';
      return { kind: formatGroupKind(kind), namespace, name: nameOf(object), object };
    })
    .sort((a, b) => compareStrings(a.name, b.name));
  return {
    get: (kind, namespace, name) =>
      placed.find(
        (entry) => entry.kind === formatGroupKind(kind) && entry.namespace === namespace && entry.name === name,
      )?.object,
    list: (kind, namespace) =>
      placed
        .filter((entry) => entry.kind === formatGroupKind(kind) && entry.namespace === namespace)
        .map(({ object }) => object),
    release: 36,
    nowMs: 0,
    authorize: () => true,
    kinds: { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES },
    resourcesOf: (kind) => {
      const definition = BUILT_IN_KINDS.find(kind);
      return definition === undefined ? [] : [definition];
    },
    ...given,
  };
}

import { conditionsOf, hasCondition, setCondition } from '../../../apimachinery/conditions.ts';
import type { Condition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, booleanAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { compareVersions } from '../../../kinds/shared/version-priority.ts';
import type { ResourceName } from '../../messages.ts';
import type { ServedResource } from '../served-resources.ts';

export const DEFINITIONS: ResourceName = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
};

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go `CustomResourceCleanupFinalizer`, 1.36. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

type DefinitionCondition = 'NamesAccepted' | 'Established' | 'Terminating';

export function isTrueOf(definition: KubernetesObject, condition: DefinitionCondition): boolean {
  return hasCondition(conditionsOf(definition), condition, 'True');
}

/** A definition with some conditions set. */
export function withConditions(
  definition: KubernetesObject,
  conditions: readonly Condition[],
  now: string,
): KubernetesObject {
  const all = conditions.reduce((list, condition) => setCondition(list, condition, now), conditionsOf(definition));
  return { ...definition, status: { ...objectAt(definition, 'status'), conditions: all } };
}

/** Source: crdHandler `ServeHTTP`, staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go, 1.36. */
function isServed(definition: KubernetesObject): boolean {
  return isTrueOf(definition, 'NamesAccepted') || isTrueOf(definition, 'Established');
}

/** What an API server serves for a definition; undefined where its names are not accepted, or no version is served. */
export function resourceOfDefinition(definition: KubernetesObject): ServedResource | undefined {
  const served = arrayAt(definition, 'spec', 'versions').filter((version) => booleanAt(version, 'served') === true);
  const versions = served.map((version) => stringAt(version, 'name') ?? '').sort(compareVersions);
  if (versions.length === 0 || !isServed(definition)) return undefined;
  const name = (...path: string[]): string => stringAt(definition, 'spec', ...path) ?? '';
  const [group, plural] = [name('group'), name('names', 'plural')];
  const partsOf = (version: JsonValue): readonly string[] =>
    ['status', 'scale'].filter((part) => valueAt(version, 'subresources', part) !== undefined);
  const subresources = ['status', 'scale'].filter((part) => served.some((version) => partsOf(version).includes(part)));
  return Object.freeze({
    group,
    kind: name('names', 'kind'),
    plural,
    singular: stringAt(definition, 'status', 'acceptedNames', 'singular') ?? '',
    shortNames: arrayAt(definition, 'status', 'acceptedNames', 'shortNames').flatMap((word) => asString(word) ?? []),
    categories: arrayAt(definition, 'status', 'acceptedNames', 'categories').flatMap((word) => asString(word) ?? []),
    namespaced: name('scope') === 'Namespaced',
    subresources,
    subresourcesOf: Object.fromEntries(served.map((version) => [stringAt(version, 'name') ?? '', partsOf(version)])),
    verbs: VERBS,
    versions,
    prefix: `/registry/${group}/${plural}/`,
    qualified: `${plural}.${group}`,
    definition: nameOf(definition),
  });
}

const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'] as const;

/** What a definition says of one of its versions. */
export function versionOf(definition: KubernetesObject, version: string): JsonValue | undefined {
  return arrayAt(definition, 'spec', 'versions').find((entry) => stringAt(entry, 'name') === version);
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asString, stringAt } from '../../base/json.ts';
import { aggregatedResources } from './aggregation.ts';
import { ANSWERED_ONLY } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import { healthOf } from './health.ts';
import { partOf } from './subresource-kinds.ts';
import type { ApiServerState } from './state.ts';

/**
 * What an API server answers on paths that are no resources: its version, its health, and all resources of the core group (`/api`)
 * or of the others (`/apis`) at once.
 * Source: staging/src/k8s.io/api/apidiscovery/v2/types.go and apiserver/pkg/endpoints/discovery/aggregated, 1.36.
 */
export function discoveryOf({ resources, settings }: ApiServerState, path: string): KubernetesObject | undefined {
  if (path === '/version') return VERSION;
  const health = healthOf(path);
  if (health !== undefined) return health;
  if (path !== '/api' && path !== '/apis') return undefined;
  const groups = new Map<string, ServedResource[]>();
  for (const resource of [...resources.values(), ...ANSWERED_ONLY, ...aggregatedResources(settings)]) {
    if ((resource.group === '') !== (path === '/api')) continue;
    const own = groups.get(resource.group);
    if (own === undefined) groups.set(resource.group, [resource]);
    else own.push(resource);
  }
  const items = [...groups].toSorted(([a], [b]) => compareStrings(a, b)).map(([group, own]) => groupOf(group, own));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

const VERSION: KubernetesObject = Object.freeze({
  kind: 'Info',
  apiVersion: 'version',
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.2',
});

function groupOf(group: string, resources: readonly ServedResource[]): JsonObject {
  const versions = [...new Set(resources.flatMap((resource) => resource.versions))];
  return {
    metadata: group === '' ? {} : { name: group },
    versions: versions.map((version) => ({
      version,
      freshness: 'Current',
      resources: resources
        .filter((resource) => resource.versions.includes(version))
        .toSorted((a, b) => compareStrings(a.plural, b.plural))
        .map((resource) => resourceOf(resource, version)),
    })),
  };
}

function resourceOf(resource: ServedResource, version: string): JsonObject {
  const { group, kind, plural, singular, shortNames, categories, namespaced, verbs } = resource;
  const subresources = resource.subresourcesOf?.[version] ?? resource.subresources;
  const responseKind = { group, version, kind };
  return {
    resource: plural,
    responseKind,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(subresources.length === 0
      ? {}
      : { subresources: subresources.map((subresource) => partOf(subresource, responseKind)) }),
  };
}

/** The resources that a page of discovery names, as clients know them. */
export function resourcesOfDiscovery(page: KubernetesObject): readonly ServedResource[] {
  return arrayAt(page, 'items').flatMap((item) => {
    const group = stringAt(item, 'metadata', 'name') ?? '';
    const found = new Map<string, ServedResource>();
    for (const version of arrayAt(item, 'versions'))
      for (const entry of arrayAt(version, 'resources')) {
        const plural = stringAt(entry, 'resource') ?? '';
        const name = stringAt(version, 'version') ?? '';
        const before = found.get(plural);
        const texts = (field: string): readonly string[] =>
          arrayAt(entry, field).flatMap((word) => asString(word) ?? []);
        found.set(plural, {
          group,
          plural,
          kind: stringAt(entry, 'responseKind', 'kind') ?? '',
          singular: stringAt(entry, 'singularResource') ?? '',
          shortNames: texts('shortNames'),
          categories: texts('categories'),
          namespaced: stringAt(entry, 'scope') === 'Namespaced',
          verbs: texts('verbs'),
          subresources: arrayAt(entry, 'subresources').map((part) => stringAt(part, 'subresource') ?? ''),
          versions: [...(before?.versions ?? []), name],
          prefix: '',
          qualified: group === '' ? plural : `${plural}.${group}`,
        });
      }
    return [...found.values()];
  });
}

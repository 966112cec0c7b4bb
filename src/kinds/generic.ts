import { isServed, resourceOf } from '../openapi/resource.ts';
import type { Resource } from '../openapi/resource.ts';
import type { Category } from './kind.ts';
import type { GenericDefinition } from './registry.ts';
import { customKindDefinition } from './shared/custom-kind.ts';
import { scopeOfKind } from './shared/kind-scope.ts';

/** The definition of a kind without a folder: from the table of built-in kinds, or from its name alone. */
export const genericDefinition: GenericDefinition = ({ group, kind }, version) => {
  const resource = resourceOf(group, kind);
  if (resource) return builtInDefinition(resource);
  return customKindDefinition({
    group,
    kind,
    version,
    versions: [version],
    plural: guessPlural(kind),
    scope: scopeOfKind(group, kind),
  });
};

function builtInDefinition(resource: Resource) {
  const { group, kind, plural, scope, shortNames } = resource;
  const versions = resource.versions.map(({ version }) => version);
  const preferred = resource.versions.find((version) => isServed(version))?.version ?? versions[0] ?? 'v1';
  const category = CATEGORIES.get(group) ?? 'cluster';
  return customKindDefinition({ group, kind, plural, scope, shortNames, versions, version: preferred, category });
}

/** Palette groups of the built-in API groups; what is not here belongs to the cluster. */
const CATEGORIES: ReadonlyMap<string, Category> = new Map<string, Category>([
  ['apps', 'workload'],
  ['autoscaling', 'workload'],
  ['autoscaling.k8s.io', 'workload'],
  ['batch', 'workload'],
  ['scheduling.k8s.io', 'workload'],
  ['discovery.k8s.io', 'network'],
  ['extensions', 'workload'],
  ['gateway.networking.k8s.io', 'network'],
  ['networking.k8s.io', 'network'],
  ['storage.k8s.io', 'storage'],
  ['authentication.k8s.io', 'access'],
  ['authorization.k8s.io', 'access'],
  ['certificates.k8s.io', 'access'],
  ['policy', 'access'],
  ['rbac.authorization.k8s.io', 'access'],
]);

/**
 * The English plural, where nothing better is known.
 * Source: `UnsafeGuessKindToResource`, staging/src/k8s.io/apimachinery/pkg/api/meta/restmapper.go, 1.36.
 */
export function guessPlural(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  if (singular.endsWith('y')) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}

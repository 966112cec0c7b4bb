import { resourceOf } from '../../openapi/resource.ts';

/** Namespaced kinds of well-known projects whose names sound cluster-scoped. */
const NAMESPACED = new Set([
  'ClusterClass',
  'ClusterProfile',
  'ClusterResourceSet',
  'ClusterResourceSetBinding',
  'ClusterServiceVersion',
]);

/**
 * The scope of a kind: known for built-in ones. Of a custom one without its CustomResourceDefinition only the name
 * speaks: `ClusterIssuer` beside `Issuer` is the custom for cluster-scoped kinds.
 */
export function scopeOfKind(group: string, kind: string): 'Namespaced' | 'Cluster' {
  const known = resourceOf(group, kind)?.scope;
  if (known) return known;
  return /^Cluster[A-Z]/.test(kind) && !NAMESPACED.has(kind) ? 'Cluster' : 'Namespaced';
}

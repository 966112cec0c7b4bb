import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Offer } from '../../../kit/editor-assist.ts';
import { BUILT_IN_RESOURCES, isServed } from '../../../openapi/resource.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';

/** Kinds that can be written: those of the apiVersion that stands there, else all of them. */
export function kindOffers({ apiVersion }: KubernetesObject, { registry }: WorkspaceState): readonly Offer[] {
  const kinds = registry.definitions.map((definition) => ({
    kind: definition.kind,
    version: formatApiVersion(definition.group, definition.version),
  }));
  const fitting = kinds.filter(({ version }) => version === apiVersion);
  return (fitting.length > 0 ? fitting : kinds).map(({ kind, version }) => ({
    label: kind,
    detail: version,
    type: 'value',
  }));
}

/** Versions in which the release serves the kind that stands there; of all kinds where none does. */
export function versionOffers({ kind }: KubernetesObject, { registry, release }: WorkspaceState): readonly Offer[] {
  const built = BUILT_IN_RESOURCES.filter((resource) => resource.kind === kind).flatMap(({ group, versions }) =>
    versions.filter((version) => isServed(version, release)).map(({ version }) => formatApiVersion(group, version)),
  );
  const known = registry.definitions
    .filter((definition) => built.length === 0 && (kind === '' || definition.kind === kind))
    .map(({ group, version }) => formatApiVersion(group, version));
  return [...new Set([...built, ...known])].map((label, at) => ({ label, type: 'value', rank: at + 1 }));
}

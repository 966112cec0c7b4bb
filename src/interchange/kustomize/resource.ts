import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { schemaOf } from '../../openapi/built-in-schemas.ts';
import { resourceOf, resourceVersionOf } from '../../openapi/resource.ts';
import type { Schema } from '../../openapi/schema.ts';

/** Name and namespace that a resource had at some time. */
export interface ResourceId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * An object on its way through kustomizations. What it was called before is kept, as patches and references use old names.
 * Source: api/resource/resource.go of kubernetes-sigs/kustomize, kustomize/v5.8.1 (of kubectl 1.36).
 */
export interface Resource {
  readonly object: KubernetesObject;
  /** Oldest first; the current one is not among them. */
  readonly previous: readonly ResourceId[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Made by a generator: its name gets a hash of its content. */
  readonly needsHash: boolean;
}

export function newResource(object: KubernetesObject, needsHash = false): Resource {
  return { object, previous: [], prefixes: [], suffixes: [], needsHash };
}

export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export function gvkOf(object: KubernetesObject): Gvk {
  const { group, version } = parseApiVersion(object.apiVersion);
  return { group, version, kind: object.kind };
}

/** Whether a selector that leaves parts open takes this kind. */
export function selectsGvk(selector: Partial<Gvk>, gvk: Gvk): boolean {
  const isOpen = (part: string | undefined, value: string): boolean =>
    part === undefined || part === '' || part === value;
  return isOpen(selector.group, gvk.group) && isOpen(selector.version, gvk.version) && isOpen(selector.kind, gvk.kind);
}

export function currentId({ object }: Resource): ResourceId {
  return { kind: object.kind, name: nameOf(object), namespace: namespaceOf(object) ?? '' };
}

export function originalId(resource: Resource): ResourceId {
  return resource.previous[0] ?? currentId(resource);
}

/** Every id it has or had. */
export function allIds(resource: Resource): readonly ResourceId[] {
  return [...resource.previous, currentId(resource)];
}

/** The resource with another object, which may bring another id. */
export function withObject(
  resource: Resource,
  object: KubernetesObject,
  remember: 'remember' | 'forget' = 'forget',
): Resource {
  if (object === resource.object && remember === 'forget') return resource;
  return {
    ...resource,
    object,
    previous: remember === 'remember' ? [...resource.previous, currentId(resource)] : resource.previous,
  };
}

/** The namespace that counts: none is `default`, and a kind of the cluster has none. */
export function effectiveNamespace({ object }: Resource, { namespace }: ResourceId): string {
  return isClusterScoped(object) ? '' : namespace === '' ? 'default' : namespace;
}

/** The release whose kinds kustomize knows: kyaml/openapi/kubernetesapi. */
const KNOWN_RELEASE = 21;

/** Whether kustomize knows the kind in this version; what it does not know lives in a namespace, and its lists are atomic. */
function isKnown(gvk: Gvk): boolean {
  const introduced =
    resourceOf(gvk.group, gvk.kind)?.origin === 'kubernetes' ? resourceVersionOf(gvk)?.introduced : undefined;
  return introduced !== undefined && introduced <= KNOWN_RELEASE;
}

export function isClusterScoped(object: KubernetesObject): boolean {
  const gvk = gvkOf(object);
  return isKnown(gvk) && resourceOf(gvk.group, gvk.kind)?.scope === 'Cluster';
}

/** How a patch of the object merges. */
export function mergeSchemaOf(object: KubernetesObject): Schema | undefined {
  const gvk = gvkOf(object);
  return isKnown(gvk) ? schemaOf(gvk) : undefined;
}

/** Whether an object written in a patch means this resource, by its current id or an older one. */
export function isMeantBy(resource: Resource, written: KubernetesObject, ids: readonly ResourceId[]): boolean {
  const [own, other] = [gvkOf(resource.object), gvkOf(written)];
  if (own.group !== other.group || own.version !== other.version) return false;
  const wanted = isClusterScoped(written) ? '' : (namespaceOf(written) ?? 'default');
  return ids.some(
    (id) => id.kind === other.kind && id.name === nameOf(written) && effectiveNamespace(resource, id) === wanted,
  );
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, objectAt, stringAt, valueAt } from '../../base/json.ts';
import { editFields } from './field-spec.ts';
import type { FieldSpec } from './field-spec.ts';
import { ANNOTATIONS, IMAGES, NAMESPACES, REPLICAS, SELECTOR_LABELS, TEMPLATE_LABELS } from './field-specs.ts';
import { imageWith } from './image.ts';
import { mapsAt, refuseAt } from './kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import { allIds, currentId, effectiveNamespace, gvkOf, isClusterScoped, withObject } from './resource.ts';
import type { Resource } from './resource.ts';

export type Transformer = (resources: readonly Resource[], kustomization: Kustomization) => readonly Resource[];

export const setNamespace: Transformer = (resources, kustomization) => {
  const namespace = stringAt(kustomization.value, 'namespace') ?? '';
  if (namespace === '') return resources;
  const moved = resources.map((resource) => withObject(resource, inNamespace(resource.object, namespace), 'remember'));
  const seen = new Set<string>();
  for (const resource of moved) {
    const id = currentId(resource);
    const { group, kind } = gvkOf(resource.object);
    const key = `${group}/${kind}/${effectiveNamespace(resource, id)}/${id.name}`;
    if (seen.has(key)) refuseAt(kustomization, 'kustomize.conflict', ['namespace'], { object: `${kind}/${id.name}` });
    seen.add(key);
  }
  return moved;
};

function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const metadata = objectAt(object, 'metadata') ?? {};
  let next: KubernetesObject = isClusterScoped(object) ? object : { ...object, metadata: { ...metadata, namespace } };
  if (object.kind === 'Namespace' && object.apiVersion === 'v1')
    next = { ...next, metadata: { ...metadata, name: namespace } };
  if (/^(?:Cluster)?RoleBinding$/.test(object.kind) && object['subjects'] !== undefined) {
    const subjects = arrayAt(object, 'subjects').map((subject) =>
      isJsonObject(subject) && subject['name'] === 'default' ? { ...subject, namespace } : subject,
    );
    next = { ...next, subjects };
  }
  return editFields(next, NAMESPACES, () => namespace);
}

/** Kinds whose names mean something outside: PrefixTransformer.go. */
function keepsName(object: KubernetesObject): boolean {
  const { group, kind } = gvkOf(object);
  return (
    kind === 'CustomResourceDefinition' ||
    kind === 'Namespace' ||
    (kind === 'APIService' && group === 'apiregistration.k8s.io')
  );
}

export const addPrefix: Transformer = (resources, { value }) => {
  const prefix = stringAt(value, 'namePrefix') ?? '';
  return prefix === ''
    ? resources
    : resources.map((resource) => renamed(resource, (name) => `${prefix}${name}`, { prefix }));
};

export const addSuffix: Transformer = (resources, { value }) => {
  const suffix = stringAt(value, 'nameSuffix') ?? '';
  return suffix === ''
    ? resources
    : resources.map((resource) => renamed(resource, (name) => `${name}${suffix}`, { suffix }));
};

function renamed(
  resource: Resource,
  rename: (name: string) => string,
  { prefix, suffix }: { readonly prefix?: string; readonly suffix?: string },
): Resource {
  if (keepsName(resource.object)) return resource;
  return {
    ...named(resource, rename(nameOf(resource.object))),
    prefixes: prefix === undefined ? resource.prefixes : [...resource.prefixes, prefix],
    suffixes: suffix === undefined ? resource.suffixes : [...resource.suffixes, suffix],
  };
}

/** The resource under another name; the old one is kept for those who use it. */
export function named(resource: Resource, name: string): Resource {
  const { object } = resource;
  return withObject(resource, { ...object, metadata: { ...objectAt(object, 'metadata'), name } }, 'remember');
}

export const addLabels: Transformer = (resources, kustomization) => {
  const { value } = kustomization;
  let current = resources;
  for (const [label] of mapsAt(kustomization, 'labels')) {
    const pairs = objectAt(label, 'pairs') ?? {};
    const own = arrayAt(label, 'fields').flatMap((field): FieldSpec[] => {
      const path = stringAt(field, 'path');
      if (path === undefined) return [];
      const part = (key: 'group' | 'version' | 'kind'): object => {
        const text = stringAt(field, key);
        return text === undefined ? {} : { [key]: text };
      };
      return [
        { path, create: booleanAt(field, 'create') === true, ...part('group'), ...part('version'), ...part('kind') },
      ];
    });
    const metadata: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }];
    const templates = booleanAt(label, 'includeTemplates') === true ? TEMPLATE_LABELS : metadata;
    const specs = booleanAt(label, 'includeSelectors') === true ? SELECTOR_LABELS : templates;
    current = withEntries(current, pairs, [...own, ...specs]);
  }
  return withEntries(current, objectAt(value, 'commonLabels') ?? {}, SELECTOR_LABELS);
};

export const addAnnotations: Transformer = (resources, { value }) =>
  withEntries(resources, objectAt(value, 'commonAnnotations') ?? {}, ANNOTATIONS);

function withEntries(
  resources: readonly Resource[],
  entries: JsonObject,
  specs: readonly FieldSpec[],
): readonly Resource[] {
  const texts = Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, String(entry)]));
  if (Object.keys(texts).length === 0) return resources;
  return resources.map((resource) =>
    withObject(
      resource,
      editFields(resource.object, specs, (map) => ({ ...(isJsonObject(map) ? map : {}), ...texts })),
    ),
  );
}

export const setReplicas: Transformer = (resources, kustomization) =>
  mapsAt(kustomization, 'replicas').reduce((current, [replica, path]) => {
    const [name, count] = [stringAt(replica, 'name') ?? '', valueAt(replica, 'count')];
    const isOne = (resource: Resource): boolean =>
      REPLICAS.some(({ kind }) => kind === resource.object.kind) && allIds(resource).some((id) => id.name === name);
    if (!current.some(isOne)) return refuseAt(kustomization, 'kustomize.noMatch', path, { object: name, count: 0 });
    return current.map((resource) =>
      isOne(resource)
        ? withObject(
            resource,
            editFields(resource.object, REPLICAS, () => count ?? 0),
          )
        : resource,
    );
  }, resources);

export const setImages: Transformer = (resources, kustomization) =>
  [...mapsAt(kustomization, 'images'), ...mapsAt(kustomization, 'imageTags')].reduce(
    (current, [image]) =>
      current.map((resource) =>
        resource.object.kind === 'CustomResourceDefinition'
          ? resource
          : withObject(
              resource,
              withImage(resource.object, (text) => imageWith(text, image)),
            ),
      ),
    resources,
  );

function withImage(object: KubernetesObject, change: (image: string) => string): KubernetesObject {
  const changed = inContainers(object, change) as KubernetesObject;
  return editFields(changed, IMAGES, (value) => (typeof value === 'string' ? change(value) : value));
}

/** Every image of a list that is called `containers` or `initContainers`, wherever it is. */
function inContainers(value: JsonValue, change: (image: string) => string, key = ''): JsonValue {
  if (Array.isArray(value)) {
    const isList = key === 'containers' || key === 'initContainers';
    return (value as readonly JsonValue[]).map((item) => {
      const inner = inContainers(item, change);
      const image = isJsonObject(inner) ? inner['image'] : undefined;
      return isList && isJsonObject(inner) && typeof image === 'string' ? { ...inner, image: change(image) } : inner;
    });
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, inContainers(entry ?? null, change, name)]),
  );
}

/** Whether two resources were renamed by the same kustomizations, as far as both were. */
export function isRenamedAlike(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  const alike = (left: readonly string[], right: readonly string[]): boolean => {
    if (allowEmpty && (left.length === 0 || right.length === 0)) return true;
    const length = Math.min(left.length, right.length);
    return length > 0
      ? left.slice(left.length - length).every((text, index) => text === right.slice(right.length - length)[index])
      : left.length === right.length;
  };
  return alike(a.prefixes, b.prefixes) && alike(a.suffixes, b.suffixes);
}

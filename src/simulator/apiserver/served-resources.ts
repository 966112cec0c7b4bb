import type { ViewIndex } from '../client/view.ts';
import { controllerOf, ownersOf } from '../../apimachinery/owner-reference.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, namespaceOf, nameOf } from '../../apimachinery/object.ts';
import { arrayAt, asName, nameAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import { BUILT_IN_RESOURCES, isServed } from '../../openapi/resource.ts';
import type { Resource } from '../../openapi/resource.ts';
import type { ResourceName } from '../messages.ts';
import { claimsOf } from '../storage/claims-of-pod.ts';

/** A resource that the API server stores, whatever version a client asks for. Never changes. */
export interface ServedResource {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** Names for many resources together: `all`. */
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly subresources: readonly string[];
  /** By version, where not every version has all. */
  readonly subresourcesOf?: Readonly<Record<string, readonly string[]>>;
  readonly verbs: readonly string[];
  /** Served versions, the preferred one first. */
  readonly versions: readonly string[];
  /** Start of its keys in etcd: `/registry/deployments/`. */
  readonly prefix: string;
  /** `deployments.apps`, as messages of the server name it. */
  readonly qualified: string;
  /** Name of the CustomResourceDefinition that brings it. */
  readonly definition?: string;
}

/** Keys under `/registry` that are not the plural. Source: pkg/kubeapiserver/default_storage_factory_builder.go, 1.36. */
const STORED_AS: Readonly<Record<string, string>> = {
  nodes: 'minions',
  services: 'services/specs',
  endpoints: 'services/endpoints',
  ingresses: 'ingress',
  customresourcedefinitions: 'apiextensions.k8s.io/customresourcedefinitions',
  apiservices: 'apiregistration.k8s.io/apiservices',
};

export function servedResource(resource: Resource): ServedResource {
  const { group, kind, plural, singular, shortNames, categories, scope, subresources, verbs } = resource;
  const isBuiltIn = resource.origin === 'kubernetes';
  return Object.freeze({
    group,
    kind,
    plural,
    singular,
    shortNames,
    categories,
    namespaced: scope === 'Namespaced',
    subresources,
    verbs,
    versions: resource.versions.filter((version) => isServed(version)).map(({ version }) => version),
    prefix: `/registry/${isBuiltIn ? (STORED_AS[plural] ?? plural) : `${group}/${plural}`}/`,
    qualified: group === '' ? plural : `${plural}.${group}`,
  });
}

/** The built-in resources of the pinned release that are stored. */
export const BUILT_IN: readonly ServedResource[] = BUILT_IN_RESOURCES.filter(
  ({ origin, verbs }) => origin === 'kubernetes' && verbs.includes('list'),
)
  .map(servedResource)
  .filter(({ versions }) => versions.length > 0);

/** Requests that are answered and not stored. */
const ANSWERED = [
  'selfsubjectaccessreviews',
  'subjectaccessreviews',
  'localsubjectaccessreviews',
  'selfsubjectrulesreviews',
  'selfsubjectreviews',
];

/** Built-in resources of which nothing is kept: what is created there is answered at once. */
export const ANSWERED_ONLY: readonly ServedResource[] = BUILT_IN_RESOURCES.filter(({ plural }) =>
  ANSWERED.includes(plural),
).map(servedResource);

export function resourceKey({ group, plural }: Pick<ResourceName, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** Resources by the start of their keys; of two that share it (Events of both groups) the first. */
export function byPrefix(resources: readonly ServedResource[]): Map<string, ServedResource> {
  const found = new Map<string, ServedResource>();
  for (const resource of resources) if (!found.has(resource.prefix)) found.set(resource.prefix, resource);
  return found;
}

/** Key of an object in etcd. */
export function storageKey(resource: ServedResource, namespace: string | undefined, name: string): string {
  return resource.namespaced ? `${resource.prefix}${namespace ?? ''}/${name}` : resource.prefix + name;
}

export function storageKeyOf(resource: ServedResource, object: KubernetesObject): string {
  return storageKey(resource, namespaceOf(object), nameOf(object));
}

const BY_OWNER: ViewIndex = {
  name: 'owner',
  valuesOf: (object) => ownersOf(object).map(({ uid }) => uid),
};
/** Objects that nobody controls, by namespace: those that may be adopted. */
const ORPHANS: ViewIndex = {
  name: 'orphan',
  valuesOf: (object) => (controllerOf(object) === undefined ? [namespaceOf(object) ?? ''] : []),
};
const BY_NODE: ViewIndex = {
  name: 'node',
  valuesOf(object) {
    const node = nameAt(object, 'spec', 'nodeName');
    return node === undefined ? [] : [node];
  },
};
const BY_SERVICE: ViewIndex = {
  name: 'service',
  valuesOf(object) {
    const service = labelsOf(object).get('kubernetes.io/service-name');
    return service === undefined ? [] : [`${namespaceOf(object) ?? ''}/${service}`];
  },
};
const BY_INVOLVED: ViewIndex = {
  name: 'involved',
  valuesOf: (object) => [stringAt(object, 'involvedObject', 'uid') ?? ''],
};

/** Pods by the claims that their volumes are, `namespace/name`. */
const BY_CLAIM: ViewIndex = {
  name: 'claim',
  valuesOf: (pod) => claimsOf(pod).map(({ claim }) => `${namespaceOf(pod) ?? ''}/${claim}`),
};
/** Attachments by the name of their volume. */
const BY_VOLUME: ViewIndex = {
  name: 'volume',
  valuesOf(object) {
    const volume = nameAt(object, 'spec', 'source', 'persistentVolumeName');
    return volume === undefined ? [] : [volume];
  },
};

/** What a Service is reached at. */
const BY_ADDRESS: ViewIndex = {
  name: 'address',
  valuesOf(object) {
    const ingress = arrayAt(object, 'status', 'loadBalancer', 'ingress').map((point) => valueAt(point, 'ip'));
    const own = [...arrayAt(object, 'spec', 'clusterIPs'), ...arrayAt(object, 'spec', 'externalIPs')];
    return [...own, ...ingress].flatMap((address) => asName(address) ?? []);
  },
};
const BY_NODE_PORT: ViewIndex = {
  name: 'nodePort',
  valuesOf: (object) =>
    arrayAt(object, 'spec', 'ports').flatMap((port) => numberAt(port, 'nodePort')?.toString() ?? []),
};

const OWN_INDEXES: Readonly<Record<string, readonly ViewIndex[]>> = {
  pods: [BY_OWNER, BY_NODE, ORPHANS, BY_CLAIM],
  'volumeattachments.storage.k8s.io': [BY_OWNER, BY_NODE, BY_VOLUME],
  'replicasets.apps': [BY_OWNER, ORPHANS],
  'controllerrevisions.apps': [BY_OWNER, ORPHANS],
  'endpointslices.discovery.k8s.io': [BY_OWNER, BY_SERVICE],
  services: [BY_OWNER, BY_ADDRESS, BY_NODE_PORT],
  events: [BY_INVOLVED],
};

/** How the caches of a resource can be searched. */
export function indexesOf(resource: ServedResource): readonly ViewIndex[] {
  return OWN_INDEXES[resource.qualified] ?? [BY_OWNER];
}

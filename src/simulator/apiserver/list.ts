import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiRequest, EtcdKeyValue, RequestOptions } from '../messages.ts';
import { decodeContinue, encodeContinue } from './continue-token.ts';
import type { ListPlace } from './continue-token.ts';
import { isSelected } from './selectors.ts';
import type { Selection } from './selectors.ts';
import { resourceKey } from './served-resources.ts';
import type { ServedResource } from './served-resources.ts';
import type { ApiServerState } from './state.ts';
import type { Refusal } from './status.ts';
import { withRevision } from './watch-cache.ts';

/** An object and its key, `namespace/name` or `name`. */
export interface ListItem {
  readonly key: string;
  readonly object: KubernetesObject;
}

/** The objects of one answer. */
export interface ListPage {
  readonly objects: readonly KubernetesObject[];
  /** The key of the last object, where more may follow. */
  readonly lastKey?: string;
  /** How many follow; unknown where some may not be selected. */
  readonly remaining?: number;
}

export const firstPlace: ListPlace = { startKey: '', revision: 0 };

/** Where a list begins, and which revision it shows: 0 for one that the cache may show. */
export function placeOf(options: RequestOptions): ListPlace | Refusal {
  const { resourceVersion = '', resourceVersionMatch, limit = 0 } = options;
  if ((options.continue ?? '') !== '') return decodeContinue(options.continue!);
  const isLegacyExact = resourceVersionMatch === undefined && limit > 0 && Number(resourceVersion) > 0;
  if (resourceVersionMatch !== 'Exact' && !isLegacyExact) return firstPlace;
  return { startKey: '', revision: Number(resourceVersion) };
}

/**
 * Whether etcd itself has to answer a list: at an exact revision, or for the next page, where the cache has moved on.
 * Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/delegator.go, delegator/interface.go `ShouldDelegateList`, 1.36.
 */
export function isForEtcd({ revision }: ListPlace, cacheRevision: number): boolean {
  return revision > 0 && revision < cacheRevision;
}

/** What the cache holds of a resource, in the namespace that a request asks for. */
export function itemsOfCache(
  { caches }: ApiServerState,
  { namespace }: ApiRequest,
  resource: ServedResource,
): readonly ListItem[] {
  return caches
    .get(resourceKey(resource))!
    .view.list(namespace)
    .map((object) => ({ key: keyOf(object), object }));
}

/** What etcd has found of a resource. */
export function itemsOfRange({ prefix }: ServedResource, found: readonly EtcdKeyValue[]): readonly ListItem[] {
  return found.map(({ key, value, modRevision }) => ({
    key: key.slice(prefix.length),
    object: withRevision(value, modRevision),
  }));
}

/** Source: staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go `GetList`, storage/continue.go, 1.36. */
export function pageOf(
  items: readonly ListItem[],
  asked: {
    readonly startKey: string;
    readonly selection: Selection;
    readonly limit: number;
    readonly isWhole: boolean;
  },
): ListPage {
  const { startKey, selection, limit, isWhole } = asked;
  const rest = startKey === '' ? items : items.filter(({ key }) => key >= startKey);
  const objects: KubernetesObject[] = [];
  for (const [index, { key, object }] of rest.entries()) {
    if (!isSelected(object, selection)) continue;
    objects.push(object);
    if (limit <= 0 || objects.length < limit) continue;
    if (index === rest.length - 1) break;
    return { objects, lastKey: key, ...(isWhole ? { remaining: rest.length - limit } : {}) };
  }
  return { objects };
}

/** A list as the API answers it. */
export function listOf(
  { resource: { group, version } }: ApiRequest,
  { kind }: ServedResource,
  { objects, lastKey, remaining }: ListPage,
  revision: number,
): KubernetesObject {
  return Object.freeze({
    kind: `${kind}List`,
    apiVersion: formatApiVersion(group, version),
    metadata: {
      resourceVersion: String(revision),
      ...(lastKey === undefined ? {} : { continue: encodeContinue({ startKey: `${lastKey}\0`, revision }) }),
      ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
    },
    items: objects as readonly JsonObject[],
  });
}

function keyOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object);
  return namespace === undefined ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

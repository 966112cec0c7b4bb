import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import type { ReinvocationContext } from './reinvocation-context.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What an API server knows of a request when admission looks at it. */
export interface AdmissionRequest {
  readonly operation: Operation;
  /** Kind of the object that is sent: for `pods/eviction` an Eviction. */
  readonly kind: GroupVersionKind;
  readonly resource: GroupResource;
  /** Version of the API in the URL; that of the kind where it is left out. */
  readonly version?: string;
  /** '' for the object itself; `status`, `resize`, `eviction`, `ephemeralcontainers`… */
  readonly subresource: string;
  /** '' for cluster-scoped resources. A request on a Namespace has its name here. */
  readonly namespace: string;
  /** As in the URL, or of the object; '' while the server has yet to make one from `metadata.generateName`. */
  readonly name: string;
  /** Defaulted, in the version that is validated (see `KindStrategy.toHub`). None for DELETE. */
  readonly object?: KubernetesObject;
  /** What is stored now; for UPDATE and DELETE. */
  readonly oldObject?: KubernetesObject;
  /** CreateOptions, UpdateOptions, DeleteOptions. */
  readonly options?: JsonObject;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  /** Of a create or update whose object has been changed by then; only policies look at it. */
  readonly reinvocation?: ReinvocationContext;
  /** Makes a name of a prefix, as the server does for `metadata.generateName`: `kube-api-access-` and five letters. */
  generateName(prefix: string): string;
}

/** A plural name in its API group: `pods`, `deployments` of `apps`. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

export interface UserInfo {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** `pods`, `deployments.apps`: how messages and quotas spell a resource. */
export function formatGroupResource({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** Whether a request is for a resource, given as `pods` or `deployments.apps`, and one of the subresources ('' for none). */
export function isFor(request: AdmissionRequest, resource: string, ...subresources: readonly string[]): boolean {
  const wanted = subresources.length === 0 ? [''] : subresources;
  return formatGroupResource(request.resource) === resource && wanted.includes(request.subresource);
}

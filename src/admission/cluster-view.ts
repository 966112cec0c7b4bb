import type { GroupKind, GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { AuthorizationDecision } from '../cel/library/authorizer.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import type { GroupResource, UserInfo } from './admission-request.ts';
import type { EventRates } from './event-rate-limit/event-rates.ts';
import type { WebhookCaller } from './webhooks/webhook-call.ts';

/**
 * What admission reads of the rest: the objects of a cluster or of a design, as of one moment. Objects are defaulted and
 * in the version that is validated.
 */
export interface ClusterView {
  /** One object; `namespace` is '' for cluster-scoped kinds. */
  get(kind: GroupKind, namespace: string, name: string): KubernetesObject | undefined;
  /** The objects of a namespace, or all objects of a cluster-scoped kind (''), ordered by name. */
  list(kind: GroupKind, namespace: string): readonly KubernetesObject[];
  /** Minor of Kubernetes 1.x. */
  readonly release: number;
  /** Milliseconds since 1970: quota reads it, for Pods whose grace period is over, and EventRateLimit. */
  readonly nowMs: number;
  /** What EventRateLimit has counted, which it changes; nothing is counted where there is none. */
  readonly eventRates?: EventRates;
  /** Whether a user may do something. */
  authorize(user: UserInfo, attributes: AuthorizationAttributes): boolean;
  /** The same with the authorizer's words, which are empty where it has none. */
  decide?(user: UserInfo, attributes: AuthorizationAttributes): AuthorizationDecision;
  /** What the server knows of kinds: policies read objects in the versions that they match, and write them. */
  readonly kinds: JudgeContext;
  /** Who calls webhooks; none where nothing runs. */
  readonly webhooks?: WebhookCaller;
  /** The resources that serve a kind, for owner references; none where the kind is not known. */
  resourcesOf(kind: GroupVersionKind): readonly ServedResource[];
}

/** Source: staging/src/k8s.io/apiserver/pkg/authorization/authorizer/interfaces.go, 1.36. */
export interface AuthorizationAttributes {
  /** A path that is no resource; the rest but the verb is then empty. */
  readonly path?: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Of a list or a watch. */
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
}

export interface ServedResource extends GroupResource {
  readonly scope: 'Namespaced' | 'Cluster';
}

export const NAMESPACE: GroupKind = { group: '', kind: 'Namespace' };
export const NODE: GroupKind = { group: '', kind: 'Node' };
export const SERVICE_ACCOUNT: GroupKind = { group: '', kind: 'ServiceAccount' };
export const STORAGE_CLASS: GroupKind = { group: 'storage.k8s.io', kind: 'StorageClass' };

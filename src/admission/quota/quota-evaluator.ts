import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import type { JsonValue } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';

/**
 * How quota counts the objects of one resource.
 * Source: staging/src/k8s.io/apiserver/pkg/quota/v1/interfaces.go `Evaluator`, 1.36.
 */
export interface QuotaEvaluator {
  /** `pods`, `resourceclaims.resource.k8s.io`. */
  readonly resource: string;
  /** Whether a request on the resource can change what is used. */
  handles(request: AdmissionRequest): boolean;
  /** Those of some names of a quota that count this resource. */
  matchingResources(names: readonly string[], cluster: ClusterView): readonly string[];
  /** Whether an object is of a scope; no object is where this is left out. */
  isInScope?(scope: ScopeRequirement, object: KubernetesObject): boolean;
  /** What an object must say and does not, where a quota counts these resources. */
  missing?(counted: readonly string[], object: KubernetesObject): string | undefined;
  /** What an object uses. */
  usage(object: KubernetesObject, cluster: ClusterView): ResourceList;
}

/** One condition of a quota's `scopeSelector`; a scope by name alone is `Exists`. */
export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** As it stands in the quota, or in the configuration of the plugin. */
  readonly written?: JsonValue;
}

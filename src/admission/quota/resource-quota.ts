import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import { formatGroupResource } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { RESOURCE_QUOTA, checkRequest } from './check-request.ts';
import type { LimitedResource } from './check-request.ts';
import { evaluatorOf } from './evaluators.ts';

/**
 * Refuses what would take more than a quota of the namespace has left.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/{admission,controller}.go, 1.36.
 */
export const resourceQuota: AdmissionPlugin = resourceQuotaWith([]);

/** The plugin with `limitedResources` of its configuration: what may be used only where a quota covers it. */
export function resourceQuotaWith(limitedResources: readonly LimitedResource[]): AdmissionPlugin {
  return {
    name: 'ResourceQuota',
    operations: ['CREATE', 'UPDATE'],
    validate(request, cluster) {
      if (!isCounted(request)) return undefined;
      const quotas = cluster.list(RESOURCE_QUOTA, request.namespace);
      if (quotas.length === 0 && limitedResources.length === 0) return undefined;
      return chargeQuotas(request, cluster, quotas, limitedResources);
    },
  };
}

/** Whether a request may use something that quotas count. */
export function isCounted(request: AdmissionRequest): boolean {
  const { namespace, operation, kind } = request;
  if (namespace === '' || (operation === 'CREATE' && kind.group === '' && kind.kind === 'Namespace')) return false;
  const resource = formatGroupResource(request.resource);
  return !IGNORED.has(resource) && evaluatorOf(resource).handles(request);
}

/** Whether these quotas have room for a request that is counted; those that it uses of, as they are to be written. */
export function chargeQuotas(
  request: AdmissionRequest,
  cluster: ClusterView,
  quotas: readonly KubernetesObject[],
  limitedResources: readonly LimitedResource[] = [],
): Answer {
  const evaluator = evaluatorOf(formatGroupResource(request.resource));
  return checkRequest({ request, cluster, evaluator, quotas, limitedResources });
}

/** What is not stored, and Events. Source: pkg/quota/v1/install/registry.go `ignoredResources`, 1.36. */
const IGNORED: ReadonlySet<string> = new Set([
  'bindings',
  'componentstatuses',
  'tokenreviews.authentication.k8s.io',
  'selfsubjectreviews.authentication.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
  'selfsubjectaccessreviews.authorization.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
  'events',
  'events.events.k8s.io',
]);

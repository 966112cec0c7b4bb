import type { AdmissionPlugin } from '../admission-plugin.ts';
import { formatGroupResource } from '../admission-request.ts';
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
      const { namespace, operation, kind } = request;
      if (namespace === '' || (operation === 'CREATE' && kind.group === '' && kind.kind === 'Namespace'))
        return undefined;
      const resource = formatGroupResource(request.resource);
      if (IGNORED.has(resource)) return undefined;
      const evaluator = evaluatorOf(resource);
      if (!evaluator.handles(request)) return undefined;
      const quotas = cluster.list(RESOURCE_QUOTA, namespace);
      if (quotas.length === 0 && limitedResources.length === 0) return undefined;
      return checkRequest({ request, cluster, evaluator, quotas, limitedResources });
    },
  };
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

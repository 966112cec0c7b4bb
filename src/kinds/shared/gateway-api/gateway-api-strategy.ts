import { valueAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import { CUSTOM_RESOURCE_RULES } from '../../metadata-rules.ts';
import type { KindStrategy } from '../../strategy.ts';
import { customResourceStrategy } from '../custom-resource/custom-resource-strategy.ts';
import { validateObjectMeta } from '../validation/object-meta.ts';

/**
 * A kind of the Gateway API as a cluster has it that installed the standard channel: defaults, form and rules are those of
 * its CustomResourceDefinition. Source: `config/crd/standard` of kubernetes-sigs/gateway-api, v1.5.1.
 */
export function gatewayApiStrategy(
  kind: string,
  { schema }: { readonly schema: unknown },
  scope: 'Namespaced' | 'Cluster' = 'Namespaced',
): KindStrategy {
  const source = schema as JsonObject;
  return customResourceStrategy({
    group: 'gateway.networking.k8s.io',
    kind,
    source,
    hasStatus: valueAt(source, 'properties', 'status') !== undefined,
    scale: undefined,
    metadataErrors: (object) =>
      validateObjectMeta(valueAt(object, 'metadata'), {
        ...CUSTOM_RESOURCE_RULES,
        namespaced: scope === 'Namespaced',
      }),
  });
}

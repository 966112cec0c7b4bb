import { makeQuantity } from '../../apimachinery/quantity.ts';
import { compareStrings } from '../../base/compare.ts';
import { claimEvaluator } from './claim-evaluator.ts';
import { podEvaluator } from './pod-evaluator.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';
import { resourceClaimEvaluator } from './resource-claim-evaluator.ts';
import { objectCountName } from './resource-names.ts';
import { serviceEvaluator } from './service-evaluator.ts';

/** Older names for counts. Source: pkg/quota/v1/evaluator/core/registry.go `legacyObjectCountAliases`, 1.36. */
const ALIASES = ['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets'];

/** Evaluators that do more than count objects. Source: the same file, `NewEvaluators`. */
export const EVALUATORS: readonly QuotaEvaluator[] = [
  podEvaluator,
  serviceEvaluator,
  claimEvaluator,
  resourceClaimEvaluator,
  ...ALIASES.map((resource) => objectCountEvaluator(resource, resource)),
];

const BY_RESOURCE = new Map(EVALUATORS.map((evaluator) => [evaluator.resource, evaluator]));

/** How the objects of a resource are counted: by number alone where nothing else is known. */
export function evaluatorOf(resource: string): QuotaEvaluator {
  return BY_RESOURCE.get(resource) ?? objectCountEvaluator(resource);
}

/** Source: staging/src/k8s.io/apiserver/pkg/quota/v1/generic/evaluator.go `objectCountEvaluator`, 1.36. */
function objectCountEvaluator(resource: string, alias?: string): QuotaEvaluator {
  const counted = alias === undefined ? [objectCountName(resource)] : [objectCountName(resource), alias];
  return {
    resource,
    handles: ({ operation, subresource }) => subresource === '' && operation === 'CREATE',
    matchingResources: (names) => [...new Set(names)].filter((name) => counted.includes(name)).sort(compareStrings),
    usage: () => new Map(counted.map((name) => [name, makeQuantity(1n)])),
  };
}

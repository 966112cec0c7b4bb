import type { KubernetesObject } from '../../apimachinery/object.ts';
import { NO_RESOURCES, resourceListOf } from '../../apimachinery/resource-list.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { LimitError, Measured } from './limit-constraints.ts';
import { maxRequestError, minError } from './limit-constraints.ts';
import { sortedLimits } from './sorted-limits.ts';

const TYPE = 'PersistentVolumeClaim';

/**
 * What a LimitRange has against a claim, of which only requests count.
 * Source: plugin/pkg/admission/limitranger/admission.go `PersistentVolumeClaimValidateLimitFunc`, 1.36.
 */
export function claimLimitErrors(range: KubernetesObject, claim: KubernetesObject): readonly LimitError[] {
  const measured: Measured = {
    type: TYPE,
    requests: resourceListOf(valueAt(claim, 'spec', 'resources', 'requests')),
    limits: NO_RESOURCES,
    path: ['spec', 'resources'],
  };
  return arrayAt(range, 'spec', 'limits')
    .filter((limit) => stringAt(limit, 'type') === TYPE)
    .flatMap((limit) => [
      ...sortedLimits(limit, 'min').map(([resource, enforced]) => minError(measured, resource, enforced)),
      ...sortedLimits(limit, 'max').map(([resource, enforced]) => maxRequestError(measured, resource, enforced)),
    ])
    .filter((error) => error !== undefined);
}

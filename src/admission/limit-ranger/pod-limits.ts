import type { KubernetesObject } from '../../apimachinery/object.ts';
import { podLimits, podRequests } from '../../apimachinery/pod-resources.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import { containersIn } from '../pod-containers.ts';
import type { LimitError, Measured } from './limit-constraints.ts';
import { maxError, minError, ratioError } from './limit-constraints.ts';
import { sortedLimits } from './sorted-limits.ts';

/**
 * What a LimitRange has against a Pod.
 * Source: plugin/pkg/admission/limitranger/admission.go `PodValidateLimitFunc`, 1.36.
 */
export function podLimitErrors(range: KubernetesObject, pod: KubernetesObject): readonly LimitError[] {
  return arrayAt(range, 'spec', 'limits').flatMap((limit) => {
    const type = stringAt(limit, 'type');
    if (type === 'Container') return containersOf(pod).flatMap((container) => errorsOf(limit, container));
    return type === 'Pod' ? errorsOf(limit, wholePod(pod)) : [];
  });
}

function errorsOf(limit: JsonValue, measured: Measured): readonly LimitError[] {
  const found = [
    ...sortedLimits(limit, 'min').map(([resource, enforced]) => minError(measured, resource, enforced)),
    ...sortedLimits(limit, 'max').map(([resource, enforced]) => maxError(measured, resource, enforced)),
    ...sortedLimits(limit, 'maxLimitRequestRatio').map(([resource, ratio]) => ratioError(measured, resource, ratio)),
  ];
  return found.filter((error) => error !== undefined);
}

function containersOf(pod: KubernetesObject): readonly Measured[] {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    containersIn(pod, list).map((container, index) => ({
      type: 'Container',
      requests: resourceListOf(valueAt(container, 'resources', 'requests')),
      limits: resourceListOf(valueAt(container, 'resources', 'limits')),
      path: ['spec', list, index, 'resources'],
    })),
  );
}

/** Without overhead; of the resources given for the whole Pod only cpu and memory count here. */
function wholePod(pod: KubernetesObject): Measured {
  const options = { excludeOverhead: true, skipPodLevelResources: true };
  return {
    type: 'Pod',
    requests: withPodLevel(podRequests(pod, options), valueAt(pod, 'spec', 'resources', 'requests')),
    limits: withPodLevel(podLimits(pod, options), valueAt(pod, 'spec', 'resources', 'limits')),
  };
}

function withPodLevel(list: ResourceList, podLevel: JsonValue | undefined): ResourceList {
  const given = [...resourceListOf(podLevel)].filter(([resource]) => resource === 'cpu' || resource === 'memory');
  return new Map([...list, ...given]);
}

import { toHub } from '../../kinds/horizontalpodautoscaler/horizontalpodautoscaler.conversion.ts';
import { METRICS, BEHAVIOR } from '../../kinds/horizontalpodautoscaler/horizontalpodautoscaler.annotations.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import type { Conversion } from './conversion.ts';

/** Autoscalers of v1, v2beta1 and v2beta2; what v1 hides in annotations becomes fields. */
export const horizontalPodAutoscaler: Conversion = {
  from: ['v2beta2', 'v2beta1', 'v1'].map((version) => ({
    group: 'autoscaling',
    version,
    kind: 'HorizontalPodAutoscaler',
  })),
  to: { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' },
  convert(object) {
    const annotations = annotationsOf(object);
    const isHidden = object.apiVersion === 'autoscaling/v1' && [METRICS, BEHAVIOR].some((key) => annotations.has(key));
    return { object: toHub(object), notes: isHidden ? [{ id: 'metricsFromAnnotations', params: {} }] : [] };
  },
};

import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asObject, valueAt } from '../../base/json.ts';
import { fillIn, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import type { KindStrategy } from '../strategy.ts';
import { toHub } from './horizontalpodautoscaler.conversion.ts';
import { fromHub } from './horizontalpodautoscaler.version1.ts';
import { autoscalerOptions, validateAutoscalerSpec } from './horizontalpodautoscaler.validation.ts';
import { validateHorizontalPodAutoscalerStatus } from './horizontalpodautoscaler.status.ts';

const CPU_AT_80_PERCENT = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};
const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
/** The window is the controller's own where none is written. */
const SCALE_DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

/** Source: pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go and pkg/apis/autoscaling/v2/defaults.go, 1.36. */
export const horizontalPodAutoscalerStrategy: KindStrategy = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  hasStatus: true,
  validateStatus: validateHorizontalPodAutoscalerStatus,
  hasGeneration: false,
  toHub,
  fromHub,
  setDefaults: (object: KubernetesObject) => updateStruct(object, 'spec', defaultSpec),
  validate: (object, old) => validateAutoscalerSpec(valueAt(object, 'spec'), autoscalerOptions(object, old)),
};

function defaultSpec(spec: JsonObject): JsonObject {
  const filled = fillIn(spec, { minReplicas: 1 });
  const measured = arrayAt(filled, 'metrics').length > 0 ? filled : { ...filled, metrics: [CPU_AT_80_PERCENT] };
  return updateField(measured, 'behavior', (behavior) => {
    const rules = asObject(behavior);
    if (rules === undefined) return undefined;
    const withUp = updateStruct(rules, 'scaleUp', (scaleUp) => fillIn(scaleUp, SCALE_UP));
    return updateStruct(withUp, 'scaleDown', (scaleDown) => fillIn(scaleDown, SCALE_DOWN));
  });
}

import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, integerAt, optionalIntegerAt, textAt } from '../shared/validation/fields.ts';
import { validateBehavior } from './scaling-rules.validation.ts';
import { validateMetric } from './metrics.validation.ts';
import { apiVersionProblem, validateCrossVersionReference } from './reference.validation.ts';
import type { ReferenceOptions } from './reference.validation.ts';

const SPEC = ValidationPath.of('spec');

export interface AutoscalerOptions {
  /** 0 only where the old autoscaler has it: scaling to zero is behind a gate that is off in 1.36. */
  readonly minReplicasLowerBound: 0 | 1;
  readonly scaleTarget: ReferenceOptions;
  readonly describedObject: ReferenceOptions;
}

/** Source: pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go, 1.36. */
export function autoscalerOptions(object: KubernetesObject, old: KubernetesObject | undefined): AutoscalerOptions {
  const target = valueAt(object, 'spec', 'scaleTargetRef');
  const oldTarget = valueAt(old, 'spec', 'scaleTargetRef');
  const sameKind =
    old !== undefined && ['apiVersion', 'kind'].every((field) => textAt(target, field) === textAt(oldTarget, field));
  const described = { allowEmptyApiGroup: true, allowInvalidApiVersion: false };
  const wasInvalid = arrayAt(old, 'spec', 'metrics').some(
    (metric) =>
      textAt(metric, 'type') === 'Object' &&
      apiVersionProblem(valueAt(metric, 'object', 'describedObject'), described) !== undefined,
  );
  return {
    minReplicasLowerBound: optionalIntegerAt(old, 'spec', 'minReplicas') === 0 ? 0 : 1,
    scaleTarget: {
      allowEmptyApiGroup: !sameKind && textAt(target, 'kind') === 'ReplicationController',
      allowInvalidApiVersion: sameKind,
    },
    describedObject: { ...described, allowInvalidApiVersion: wasInvalid },
  };
}

/** Source: pkg/apis/autoscaling/validation/validation.go `validateHorizontalPodAutoscalerSpec`, 1.36. */
export function validateAutoscalerSpec(spec: JsonValue | undefined, options: AutoscalerOptions): readonly FieldError[] {
  const metrics = arrayAt(spec, 'metrics');
  const metricsPath = SPEC.child('metrics');
  return [
    ...validateReplicas(spec, options.minReplicasLowerBound),
    ...validateCrossVersionReference(
      valueAt(spec, 'scaleTargetRef'),
      SPEC.child('scaleTargetRef'),
      options.scaleTarget,
    ),
    ...metrics.flatMap((metric, index) => validateMetric(metric, metricsPath.index(index), options.describedObject)),
    ...validateScaleToZero(spec, metricsPath),
    ...validateBehavior(valueAt(spec, 'behavior'), SPEC.child('behavior')),
  ];
}

function validateReplicas(spec: JsonValue | undefined, lowerBound: number): readonly FieldError[] {
  const min = optionalIntegerAt(spec, 'minReplicas');
  const max = integerAt(spec, 'maxReplicas');
  const maxPath = SPEC.child('maxReplicas');
  const errors: FieldError[] = [];
  if (min !== undefined && min < lowerBound) {
    errors.push(invalid(SPEC.child('minReplicas'), min, `must be greater than or equal to ${lowerBound}`));
  }
  if (BigInt(max) === 0n) errors.push(required(maxPath, 'must be set and greater than 0'));
  if (max < 0) errors.push(invalid(maxPath, max, 'must be greater than or equal to 1'));
  if (min !== undefined && max < min) {
    errors.push(invalid(maxPath, max, 'must be greater than or equal to `minReplicas`'));
  }
  return errors;
}

function validateScaleToZero(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  if (optionalIntegerAt(spec, 'minReplicas') !== 0) return NONE;
  const types = arrayAt(spec, 'metrics').map((metric) => textAt(metric, 'type'));
  if (types.includes('Object') || types.includes('External')) return NONE;
  return [forbidden(path, 'must specify at least one Object or External metric to support scaling to zero replicas')];
}

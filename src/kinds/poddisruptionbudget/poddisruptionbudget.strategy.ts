import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { intOrStringOf } from '../../apimachinery/int-or-string.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import { NONE, pointerAt, validateEnum } from '../shared/validation/fields.ts';
import { validateNotMoreThan100Percent, validatePositiveIntOrPercent } from '../shared/validation/int-or-percent.ts';
import { hasInvalidLabelValue, validateLabelSelector } from '../shared/validation/label-selector.ts';
import { shownLabelSelector, shownPointer } from '../shared/validation/shown-values.ts';
import type { KindStrategy } from '../strategy.ts';
import { validatePodDisruptionBudgetStatus } from './poddisruptionbudget.status.ts';

const SPEC = ValidationPath.of('spec');
const EVICTION_POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

/** Source: pkg/registry/policy/poddisruptionbudget/strategy.go and pkg/apis/policy/validation/validation.go, 1.36. */
export const podDisruptionBudgetStrategy: KindStrategy = {
  group: 'policy',
  kind: 'PodDisruptionBudget',
  hasStatus: true,
  validateStatus: validatePodDisruptionBudgetStatus,
  hasGeneration: true,
  setDefaults: (object) => object,
  validate,
};

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const selector = valueAt(spec, 'selector');
  const allowInvalidLabelValue = hasInvalidLabelValue(valueAt(old, 'spec', 'selector'));
  const policy = stringAt(spec, 'unhealthyPodEvictionPolicy');
  return [
    ...validateOnlyOne(spec),
    ...['minAvailable', 'maxUnavailable'].flatMap((field) => validateCount(spec, field)),
    ...validateLabelSelector(selector, SPEC.child('selector'), { allowInvalidLabelValue }),
    ...(policy === undefined
      ? NONE
      : validateEnum(policy, SPEC.child('unhealthyPodEvictionPolicy'), EVICTION_POLICIES)),
  ];
}

function validateOnlyOne(spec: JsonValue | undefined): readonly FieldError[] {
  const [min, max] = [pointerAt(spec, 'minAvailable'), pointerAt(spec, 'maxUnavailable')];
  if (min === undefined || max === undefined) return NONE;
  const shown = {
    MinAvailable: intOrStringOf(min) ?? 0,
    Selector: shownLabelSelector(valueAt(spec, 'selector')),
    MaxUnavailable: intOrStringOf(max) ?? 0,
    UnhealthyPodEvictionPolicy: shownPointer(spec, 'unhealthyPodEvictionPolicy'),
  };
  return [invalid(SPEC, shown, 'minAvailable and maxUnavailable cannot be both set')];
}

function validateCount(spec: JsonValue | undefined, field: string): readonly FieldError[] {
  const value = pointerAt(spec, field);
  if (value === undefined) return NONE;
  const path = SPEC.child(field);
  return [...validatePositiveIntOrPercent(value, path), ...validateNotMoreThan100Percent(value, path)];
}

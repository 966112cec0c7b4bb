import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { validateLegacyCidrField } from '../shared/validation/ip-address.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';

const SPEC = ValidationPath.of('spec');
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";
const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** From where a load balancer takes traffic. Source: pkg/apis/core/validation/validation.go `validateService`, 1.36. */
export function validateSourceRanges(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const ranges = textsAt(spec, 'loadBalancerSourceRanges');
  const isLoadBalancer = textAt(spec, 'type') === 'LoadBalancer';
  if (ranges.length === 0) return validateSourceRangesAnnotation(object, old, isLoadBalancer);
  // Upstream's path begins with a capital letter.
  const path = SPEC.child('LoadBalancerSourceRanges');
  const existing = textsAt(valueAt(old, 'spec'), 'loadBalancerSourceRanges').map((range) => range.trim());
  return [
    ...(isLoadBalancer ? NONE : [forbidden(path, ONLY_LOAD_BALANCER)]),
    ...ranges.flatMap((range, index) => validateLegacyCidrField(range.trim(), path.index(index), existing)),
  ];
}

function validateSourceRangesAnnotation(
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  isLoadBalancer: boolean,
): readonly FieldError[] {
  const value = annotationsOf(object).get(SOURCE_RANGES_ANNOTATION);
  if (value === undefined) return NONE;
  const path = ValidationPath.of('metadata', 'annotations').key(SOURCE_RANGES_ANNOTATION);
  const errors = isLoadBalancer ? NONE : [forbidden(path, ONLY_LOAD_BALANCER)];
  const before = old === undefined ? undefined : annotationsOf(old).get(SOURCE_RANGES_ANNOTATION);
  if (value.trim() === '' || (old !== undefined && (before ?? '') === value)) return errors;
  const ranges = value.trim().split(',');
  return [...errors, ...ranges.flatMap((range) => validateLegacyCidrField(range.trim(), path))];
}

/** Source: pkg/apis/core/validation/validation.go `validateLoadBalancerClassField`, 1.36. */
export function validateLoadBalancerClass(spec: JsonValue | undefined): readonly FieldError[] {
  if (pointerAt(spec, 'loadBalancerClass') === undefined) return NONE;
  const path = SPEC.child('loadBalancerClass');
  if (textAt(spec, 'type') !== 'LoadBalancer') return [forbidden(path, ONLY_LOAD_BALANCER)];
  return validateQualifiedName(textAt(spec, 'loadBalancerClass'), path);
}

/** On an update upstream looks at the form of the class once more. */
export function validateLoadBalancerClassUpdate(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
): readonly FieldError[] {
  const areBoth = [spec, old].every((one) => textAt(one, 'type') === 'LoadBalancer');
  const [name, before] = [pointerAt(spec, 'loadBalancerClass'), pointerAt(old, 'loadBalancerClass')];
  const errors = validateLoadBalancerClass(spec);
  if (!areBoth || name === before) return errors;
  return [invalid(SPEC.child('loadBalancerClass'), name ?? null, 'may not change once set'), ...errors];
}

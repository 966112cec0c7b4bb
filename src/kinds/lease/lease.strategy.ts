import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt, validateEnum } from '../shared/validation/fields.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');
/** Fields of coordinated leader election, which is off in 1.36: dropped unless the old Lease has them. */
const GATED_FIELDS = ['strategy', 'preferredHolder'];

/** Source: pkg/registry/coordination/lease/strategy.go and pkg/apis/coordination/validation/validation.go, 1.36. */
export const leaseStrategy: KindStrategy = {
  group: 'coordination.k8s.io',
  kind: 'Lease',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  prepareForCreate: (object) => withoutGatedFields(object, undefined),
  prepareForUpdate: (object, old) => withoutGatedFields(object, objectAt(old, 'spec')),
  validate,
};

function withoutGatedFields(object: KubernetesObject, oldSpec: JsonObject | undefined): KubernetesObject {
  const spec = objectAt(object, 'spec');
  const dropped = GATED_FIELDS.filter((field) => spec?.[field] !== undefined && (oldSpec?.[field] ?? null) === null);
  if (dropped.length === 0) return object;
  const kept = Object.entries(spec ?? {}).filter(([field]) => !dropped.includes(field));
  return { ...object, spec: Object.fromEntries(kept) };
}

function validate(object: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const duration = optionalIntegerAt(spec, 'leaseDurationSeconds');
  const transitions = optionalIntegerAt(spec, 'leaseTransitions');
  return [
    ...(duration !== undefined && duration <= 0
      ? [invalid(SPEC.child('leaseDurationSeconds'), duration, 'must be greater than 0')]
      : NONE),
    ...(transitions !== undefined && transitions < 0
      ? [invalid(SPEC.child('leaseTransitions'), transitions, 'must be greater than or equal to 0')]
      : NONE),
    ...validateCoordination(spec),
  ];
}

const LEASE_STRATEGIES = ['OldestEmulationVersion'];

function validateCoordination(spec: JsonValue | undefined): readonly FieldError[] {
  const strategy = textAt(spec, 'strategy');
  const holder = SPEC.child('preferredHolder');
  return [
    ...(pointerAt(spec, 'strategy') === undefined ? NONE : validateLeaseStrategy(strategy, SPEC.child('strategy'))),
    ...(textAt(spec, 'preferredHolder') !== '' && strategy === ''
      ? [forbidden(holder, 'may only be specified if `strategy` is defined')]
      : NONE),
  ];
}

/** A name of Kubernetes' own, or one with a domain. The server repeats the field's name in the path. */
export function validateLeaseStrategy(strategy: string, path: ValidationPath): readonly FieldError[] {
  const strategyPath = path.child('strategy');
  return strategy.includes('/')
    ? validateQualifiedName(strategy, strategyPath)
    : validateEnum(strategy, strategyPath, LEASE_STRATEGIES);
}

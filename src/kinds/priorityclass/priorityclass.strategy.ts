import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import { fillIn } from '../shared/defaults/fill-in.ts';
import { NONE, integerAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import type { KindStrategy } from '../strategy.ts';

const HIGHEST_USER_PRIORITY = 1_000_000_000;
const SYSTEM_PREFIX = 'system-';
/** The classes that the server makes itself; none is the global default. */
const SYSTEM_CLASSES: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];
const VALUE = ValidationPath.of('value');
const PREEMPTION_POLICY = ValidationPath.of('preemptionPolicy');

/**
 * Source: pkg/registry/scheduling/priorityclass/strategy.go and pkg/apis/scheduling/{v1/defaults,v1/helpers,
 * validation/validation}.go, 1.36.
 */
export const priorityClassStrategy: KindStrategy = {
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  hasStatus: false,
  hasGeneration: true,
  setDefaults: (object) => fillIn(object, { value: 0, preemptionPolicy: 'PreemptLowerPriority' }),
  validate,
  validateUpdate: (object, old) => [
    ...(BigInt(integerAt(object, 'value')) === BigInt(integerAt(old, 'value'))
      ? NONE
      : [forbidden(VALUE, 'may not be changed in an update.')]),
    ...validateImmutableField(valueAt(object, 'preemptionPolicy'), valueAt(old, 'preemptionPolicy'), PREEMPTION_POLICY),
  ],
};

function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  // An update only compares with what a create has accepted.
  if (old !== undefined) return NONE;
  const policy = stringAt(object, 'preemptionPolicy');
  return [
    ...validateValue(object),
    ...(policy === undefined ? NONE : validateRequiredEnum(policy, PREEMPTION_POLICY, PREEMPTION_POLICIES)),
  ];
}

function validateValue(object: KubernetesObject): readonly FieldError[] {
  const name = nameOf(object);
  if (name.startsWith(SYSTEM_PREFIX)) {
    const problem = systemClassProblem(name, object);
    if (problem === undefined) return NONE;
    const reserved = `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: `;
    return [forbidden(ValidationPath.of('metadata', 'name'), reserved + problem)];
  }
  if (integerAt(object, 'value') <= HIGHEST_USER_PRIORITY) return NONE;
  return [forbidden(VALUE, `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`)];
}

function systemClassProblem(name: string, object: KubernetesObject): string | undefined {
  const value = SYSTEM_CLASSES.get(name);
  if (value === undefined) return `${name} is not a known system priority class`;
  if (integerAt(object, 'value') !== value) return `value of ${name} PriorityClass must be ${value}`;
  if (valueAt(object, 'globalDefault') === true) return `globalDefault of ${name} PriorityClass must be false`;
  return undefined;
}

import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { FLOW_CONTROL_GROUP } from '../shared/flow-control.ts';
import { NONE, integerAt, pointerAt, textAt, validateEach } from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { validateFlowControlStatus } from '../shared/flow-control-status.ts';
import type { KindStrategy } from '../strategy.ts';
import { MANDATORY_FLOW_SCHEMAS } from './flowschema.mandatory.ts';
import { validatePolicyRules } from './flowschema.rules.ts';

const SPEC = ValidationPath.of('spec');
const MAX_PRECEDENCE = 10000;
const DISTINGUISHERS = ['ByNamespace', 'ByUser'];

/**
 * Source: pkg/registry/flowcontrol/flowschema/strategy.go, pkg/apis/flowcontrol/v1/defaults.go and
 * pkg/apis/flowcontrol/validation/validation.go, 1.36.
 */
export const flowSchemaStrategy: KindStrategy = {
  group: FLOW_CONTROL_GROUP,
  kind: 'FlowSchema',
  hasStatus: true,
  validateStatus: validateFlowControlStatus,
  hasGeneration: true,
  setDefaults,
  validate,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) =>
    Number(integerAt(spec, 'matchingPrecedence')) === 0 ? { ...spec, matchingPrecedence: 1000 } : spec,
  );
}

function validate(object: KubernetesObject): readonly FieldError[] {
  const name = textAt(object, 'metadata', 'name');
  const spec = valueAt(object, 'spec');
  return [
    ...validatePrecedence(name, spec),
    ...validateDistinguisher(pointerAt(spec, 'distinguisherMethod')),
    ...validateLevel(textAt(spec, 'priorityLevelConfiguration', 'name')),
    ...validateEach(valueAt(spec, 'rules'), SPEC.child('rules'), validatePolicyRules),
    ...validateMandatory(name, spec),
  ];
}

function validatePrecedence(name: string, spec: JsonValue | undefined): readonly FieldError[] {
  const path = SPEC.child('matchingPrecedence');
  const precedence = integerAt(spec, 'matchingPrecedence');
  if (precedence <= 0) return [invalid(path, precedence, 'must be a positive value')];
  if (precedence > MAX_PRECEDENCE) return [invalid(path, precedence, `must not be greater than ${MAX_PRECEDENCE}`)];
  if (Number(precedence) !== 1 || name === 'exempt') return NONE;
  return [invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1")];
}

/** The server shows the whole method, in Go's names. */
function validateDistinguisher(method: JsonValue | undefined): readonly FieldError[] {
  if (method === undefined) return NONE;
  const type = textAt(method, 'type');
  if (DISTINGUISHERS.includes(type)) return NONE;
  return [notSupported(SPEC.child('distinguisherMethod', 'type'), { Type: type }, DISTINGUISHERS)];
}

function validateLevel(name: string): readonly FieldError[] {
  const path = SPEC.child('priorityLevelConfiguration', 'name');
  if (name === '') return [required(path, 'must reference a priority level')];
  return invalidFor(path, name, validateDns1123Subdomain(name));
}

/** The schemas that every cluster has are as they are. */
function validateMandatory(name: string, spec: JsonValue | undefined): readonly FieldError[] {
  const fixed = MANDATORY_FLOW_SCHEMAS.get(name);
  if (fixed === undefined || semanticEqual(spec, fixed)) return NONE;
  return [invalid(SPEC, objectAt(spec) ?? {}, `spec of '${name}' must equal the fixed value`)];
}

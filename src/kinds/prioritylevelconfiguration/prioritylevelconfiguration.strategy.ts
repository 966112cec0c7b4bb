import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { fillIn, updateStruct } from '../shared/defaults/fill-in.ts';
import { FLOW_CONTROL_GROUP } from '../shared/flow-control.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { validateFlowControlStatus } from '../shared/flow-control-status.ts';
import type { KindStrategy } from '../strategy.ts';
import { setQueuingDefaults, validateLimitResponse } from './prioritylevelconfiguration.queuing.ts';

const SPEC = ValidationPath.of('spec');
/** Kept for the round trip of an older version; never accepted in this one. */
const ROUND_TRIP_ANNOTATION = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

/**
 * Source: pkg/registry/flowcontrol/prioritylevelconfiguration/strategy.go, pkg/apis/flowcontrol/v1/defaults.go and
 * pkg/apis/flowcontrol/validation/validation.go, 1.36.
 */
export const priorityLevelConfigurationStrategy: KindStrategy = {
  group: FLOW_CONTROL_GROUP,
  kind: 'PriorityLevelConfiguration',
  hasStatus: true,
  validateStatus: validateFlowControlStatus,
  hasGeneration: true,
  setDefaults,
  validate,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => setLimitedDefaults(setExemptDefaults(spec)));
}

function setExemptDefaults(spec: JsonObject): JsonObject {
  if (objectAt(spec, 'exempt') === undefined) return spec;
  return updateStruct(spec, 'exempt', (exempt) => fillIn(exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 }));
}

function setLimitedDefaults(spec: JsonObject): JsonObject {
  if (objectAt(spec, 'limited') === undefined) return spec;
  return updateStruct(spec, 'limited', (limited) => {
    const filled = fillIn(limited, { nominalConcurrencyShares: 30, lendablePercent: 0 });
    return updateStruct(filled, 'limitResponse', setQueuingDefaults);
  });
}

function validate(object: KubernetesObject): readonly FieldError[] {
  const name = textAt(object, 'metadata', 'name');
  const spec = valueAt(object, 'spec');
  const isMarked = valueAt(object, 'metadata', 'annotations', ROUND_TRIP_ANNOTATION) !== undefined;
  const annotations = ValidationPath.of('metadata', 'annotations');
  return [
    ...(isMarked ? [forbidden(annotations, `annotation '${ROUND_TRIP_ANNOTATION}' is forbidden`)] : NONE),
    ...validateSpec(name, spec),
    ...validateMandatory(name, spec),
  ];
}

function validateSpec(name: string, spec: JsonValue | undefined): readonly FieldError[] {
  const type = textAt(spec, 'type');
  const isMisnamed = (name === 'exempt') !== (type === 'Exempt');
  return [
    ...(isMisnamed ? [invalid(SPEC.child('type'), type, "must be 'Exempt' if and only if `name` is 'exempt'")] : NONE),
    ...validateType(type, spec),
  ];
}

function validateType(type: string, spec: JsonValue | undefined): readonly FieldError[] {
  const [exempt, limited] = [pointerAt(spec, 'exempt'), pointerAt(spec, 'limited')];
  switch (type) {
    case 'Exempt':
      return [
        ...(limited === undefined
          ? NONE
          : [forbidden(SPEC.child('limited'), 'must be nil if the type is not Limited')]),
        ...(exempt === undefined ? NONE : validateShares(exempt, SPEC.child('exempt'))),
        ...(exempt === undefined ? NONE : validateLendable(exempt, SPEC.child('exempt'))),
      ];
    case 'Limited':
      return [
        ...(exempt === undefined ? NONE : [forbidden(SPEC.child('exempt'), 'must be nil if the type is Limited')]),
        ...(limited === undefined
          ? [required(SPEC.child('limited'), 'must not be empty when type is Limited')]
          : validateLimited(limited, SPEC.child('limited'))),
      ];
    default:
      return [notSupported(SPEC.child('type'), type, ['Exempt', 'Limited'])];
  }
}

function validateLimited(limited: JsonValue, path: ValidationPath): readonly FieldError[] {
  const borrowing = optionalIntegerAt(limited, 'borrowingLimitPercent') ?? 0;
  return [
    ...validateShares(limited, path),
    ...validateLimitResponse(valueAt(limited, 'limitResponse'), path.child('limitResponse')),
    ...validateLendable(limited, path),
    ...(borrowing >= 0
      ? NONE
      : [invalid(path.child('borrowingLimitPercent'), borrowing, 'if specified, must be a non-negative integer')]),
  ];
}

function validateShares(level: JsonValue, path: ValidationPath): readonly FieldError[] {
  const shares = optionalIntegerAt(level, 'nominalConcurrencyShares') ?? 0;
  if (shares >= 0) return NONE;
  return [invalid(path.child('nominalConcurrencyShares'), shares, 'must be a non-negative integer')];
}

function validateLendable(level: JsonValue, path: ValidationPath): readonly FieldError[] {
  const percent = optionalIntegerAt(level, 'lendablePercent') ?? 0;
  if (percent >= 0 && percent <= 100) return NONE;
  return [invalid(path.child('lendablePercent'), percent, 'must be between 0 and 100, inclusive')];
}

/** Source: staging/src/k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap/default.go, 1.36. */
const CATCH_ALL: JsonObject = {
  type: 'Limited',
  limited: { nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: { type: 'Reject' } },
};

/** The levels that every cluster has are as they are; of `exempt`, only `spec.exempt` may change. */
function validateMandatory(name: string, spec: JsonValue | undefined): readonly FieldError[] {
  const shown = objectAt(spec) ?? {};
  if (name === 'catch-all' && !semanticEqual(spec, CATCH_ALL)) {
    return [invalid(SPEC, shown, "spec of 'catch-all' must equal the fixed value")];
  }
  const isChanged = textAt(spec, 'type') !== 'Exempt' || pointerAt(spec, 'limited') !== undefined;
  if (name !== 'exempt' || !isChanged) return NONE;
  return [invalid(SPEC, shown, "spec of 'exempt' except the 'spec.exempt' field must equal the fixed value")];
}

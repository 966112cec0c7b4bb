import type { FieldError } from '../../apimachinery/field-error.ts';
import { required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual, valueAt } from '../../base/json.ts';
import { fillIn } from '../shared/defaults/fill-in.ts';
import { FIELD_IS_IMMUTABLE } from '../shared/validation/immutable-field.ts';
import { integerAt } from '../shared/validation/fields.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import type { KindStrategy } from '../strategy.ts';
import { invalid } from '../../apimachinery/field-error.ts';

const DATA = ValidationPath.of('data');

/** Source: pkg/registry/apps/controllerrevision/strategy.go and pkg/apis/apps/validation/validation.go, 1.36. */
export const controllerRevisionStrategy: KindStrategy = {
  group: 'apps',
  kind: 'ControllerRevision',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => fillIn(object, { revision: 0 }),
  validate: (object, old) => [
    ...validateNonnegative(integerAt(object, 'revision'), ValidationPath.of('revision')),
    ...(old === undefined ? validateData(valueAt(object, 'data')) : validateSameData(object, old)),
  ],
};

function validateData(data: JsonValue | undefined): readonly FieldError[] {
  if (data === undefined || data === null) return [required(DATA, 'data is mandatory')];
  return isJsonObject(data) ? [] : [required(DATA, 'data must be a valid JSON object')];
}

function validateSameData(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const data = valueAt(object, 'data') ?? null;
  return jsonEqual(data, valueAt(old, 'data') ?? null) ? [] : [invalid(DATA, data, FIELD_IS_IMMUTABLE)];
}

import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, tooLong } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { validateConfigMapKey } from '../../apimachinery/value-formats.ts';
import { stringMapAt } from '../../base/json.ts';
import { fillIn } from '../shared/defaults/fill-in.ts';
import {
  MAX_DATA_BYTES,
  decodedLength,
  validateDataKeys,
  validateImmutableData,
} from '../shared/validation/data-keys.ts';
import { NONE } from '../shared/validation/fields.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import type { KindStrategy } from '../strategy.ts';

const DATA = ValidationPath.of('data');
/** The whole object, which has no name. */
const WHOLE = ValidationPath.of('');

/** Source: pkg/registry/core/configmap/strategy.go and pkg/apis/core/validation/validation.go, 1.36. */
export const configMapStrategy: KindStrategy = {
  group: '',
  kind: 'ConfigMap',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => fillIn(object, { data: {} }),
  validate: (object, old) => [
    ...validateImmutableData(object, old, ['data', 'binaryData']),
    ...validateData(object),
    ...validateDataKeys(object, 'binaryData'),
    ...validateSize(object),
  ],
};

function validateData(object: KubernetesObject): readonly FieldError[] {
  const binary = stringMapAt(object, 'binaryData');
  return [...stringMapAt(object, 'data').keys()].flatMap((key) => [
    ...invalidFor(DATA.key(key), key, validateConfigMapKey(key)),
    ...(binary.has(key) ? [invalid(DATA.key(key), key, 'duplicate of key present in binaryData')] : NONE),
  ]);
}

function validateSize(object: KubernetesObject): readonly FieldError[] {
  let bytes = 0;
  for (const value of stringMapAt(object, 'data').values()) bytes += byteLength(value);
  for (const value of stringMapAt(object, 'binaryData').values()) bytes += decodedLength(value);
  return bytes > MAX_DATA_BYTES ? [tooLong(WHOLE, MAX_DATA_BYTES)] : NONE;
}

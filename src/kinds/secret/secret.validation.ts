import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required, tooLong } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { stringMapAt } from '../../base/json.ts';
import { MAX_DATA_BYTES, decodedLength, validateDataKeys } from '../shared/validation/data-keys.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { jsonMapProblem } from '../shared/validation/json-syntax.ts';
import { textOfBase64 } from '../shared/base64-text.ts';

const DATA = ValidationPath.of('data');
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';

type Data = ReadonlyMap<string, string>;

/** Source: pkg/apis/core/validation/validation.go `ValidateSecret`, 1.36. */
export function validateSecret(object: KubernetesObject): readonly FieldError[] {
  const data = stringMapAt(object, 'data');
  let bytes = 0;
  for (const value of data.values()) bytes += decodedLength(value);
  return [
    ...validateDataKeys(object, 'data'),
    ...(bytes > MAX_DATA_BYTES ? [tooLong(DATA, MAX_DATA_BYTES)] : NONE),
    ...validateOfType(object, data),
  ];
}

function validateOfType(object: KubernetesObject, data: Data): readonly FieldError[] {
  switch (textAt(object, 'type')) {
    case 'kubernetes.io/service-account-token': {
      if ((annotationsOf(object).get(SERVICE_ACCOUNT_NAME) ?? '') !== '') return NONE;
      return [required(ValidationPath.of('metadata', 'annotations').key(SERVICE_ACCOUNT_NAME))];
    }
    case 'kubernetes.io/dockercfg':
      return validateJson(data, '.dockercfg');
    case 'kubernetes.io/dockerconfigjson':
      return validateJson(data, '.dockerconfigjson');
    case 'kubernetes.io/basic-auth':
      return data.has('username') || data.has('password') ? NONE : requireKeys(data, 'username', 'password');
    case 'kubernetes.io/ssh-auth':
      return (data.get('ssh-privatekey') ?? '') === '' ? [required(DATA.key('ssh-privatekey'))] : NONE;
    case 'kubernetes.io/tls':
      return requireKeys(data, 'tls.crt', 'tls.key');
    default:
      return NONE;
  }
}

function requireKeys(data: Data, ...keys: readonly string[]): readonly FieldError[] {
  return keys.filter((key) => !data.has(key)).map((key) => required(DATA.key(key)));
}

function validateJson(data: Data, key: string): readonly FieldError[] {
  const value = data.get(key);
  if (value === undefined) return [required(DATA.key(key))];
  const problem = jsonMapProblem(textOfBase64(value));
  return problem === undefined ? NONE : [invalid(DATA.key(key), '<secret contents redacted>', problem)];
}

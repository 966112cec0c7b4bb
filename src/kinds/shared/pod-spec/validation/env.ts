import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../../apimachinery/field-error.ts';
import { maskTrailingDash, validateDns1123Subdomain } from '../../../../apimachinery/names.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { validateConfigMapKey, validateEnvVarName } from '../../../../apimachinery/value-formats.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { valueAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { invalidFor, validateDnsLabel, validateDnsSubdomain } from '../../validation/messages.ts';
import { validateNoBacksteps } from '../../validation/paths.ts';
import { ENV_FIELD_PATHS } from '../env-field-paths.ts';
import { validateObjectFieldSelector, validateResourceFieldSelector } from './field-selectors.ts';

/** `env` of a container. Source: pkg/apis/core/validation/validation.go `ValidateEnv`, 1.36. */
export function validateEnv(variables: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return validateEach(variables, path, (variable, variablePath) => [
    ...validateName(textAt(variable, 'name'), variablePath.child('name')),
    ...validateValueFrom(variable, variablePath.child('valueFrom')),
  ]);
}

function validateName(name: string, path: ValidationPath): readonly FieldError[] {
  return name === '' ? [required(path)] : invalidFor(path, name, validateEnvVarName(name));
}

const SOURCES: readonly (readonly [
  field: string,
  validate: (source: JsonValue, path: ValidationPath) => readonly FieldError[],
])[] = [
  ['fieldRef', (source, path) => validateObjectFieldSelector(source, ENV_FIELD_PATHS, path)],
  ['resourceFieldRef', (source, path) => validateResourceFieldSelector(source, path, 'variable')],
  ['configMapKeyRef', validateKeySelector],
  ['secretKeyRef', validateKeySelector],
  ['fileKeyRef', validateFileKeySelector],
];

const NO_SOURCE =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
const SEVERAL_SOURCES = 'may not have more than one field specified at a time';

function validateValueFrom(variable: JsonValue, path: ValidationPath): readonly FieldError[] {
  const valueFrom = pointerAt(variable, 'valueFrom');
  if (valueFrom === undefined) return NONE;
  const errors: FieldError[] = [];
  let sources = 0;
  for (const [field, validate] of SOURCES) {
    const source = pointerAt(valueFrom, field);
    if (source === undefined) continue;
    sources++;
    errors.push(...validate(source, path.child(field)));
  }
  if (sources === 0) errors.push(invalid(path, '', NO_SOURCE));
  else if (textAt(variable, 'value') !== '') {
    errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  } else if (sources > 1) errors.push(invalid(path, '', SEVERAL_SOURCES));
  return errors;
}

/** A key of a ConfigMap or a Secret. */
function validateKeySelector(selector: JsonValue, path: ValidationPath): readonly FieldError[] {
  const key = textAt(selector, 'key');
  return [
    ...validateDnsSubdomain(textAt(selector, 'name'), path.child('name')),
    ...(key === '' ? [required(path.child('key'))] : invalidFor(path.child('key'), key, validateConfigMapKey(key))),
  ];
}

function validateFileKeySelector(selector: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [key, volume, file] = [textAt(selector, 'key'), textAt(selector, 'volumeName'), textAt(selector, 'path')];
  const volumePath = path.child('volumeName');
  return [
    ...validateName(key, path.child('key')),
    ...(volume === '' ? [required(volumePath)] : validateDnsLabel(volume, volumePath)),
    ...(file === '' ? [required(path.child('path'))] : validateNoBacksteps(file, path.child('path'))),
  ];
}

/** `envFrom` of a container. Errors about the number of sources name the list. */
export function validateEnvFrom(sources: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return validateEach(sources, path, (source, sourcePath) => {
    const prefix = textAt(source, 'prefix');
    const named = ['configMapRef', 'secretRef'].filter((field) => pointerAt(source, field) !== undefined);
    return [
      ...(prefix === '' ? NONE : invalidFor(sourcePath.child('prefix'), prefix, validateEnvVarName(prefix))),
      ...named.flatMap((field) => validateSourceName(textAt(valueAt(source, field), 'name'), sourcePath.child(field))),
      ...(named.length === 0 ? [invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`')] : NONE),
      ...(named.length > 1 ? [invalid(path, '', SEVERAL_SOURCES)] : NONE),
    ];
  });
}

/** Upstream checks the name here as if it were a prefix: a dash at the end passes. */
function validateSourceName(name: string, path: ValidationPath): readonly FieldError[] {
  const namePath = path.child('name');
  return name === ''
    ? [required(namePath)]
    : invalidFor(namePath, name, validateDns1123Subdomain(maskTrailingDash(name)));
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { asArray, booleanAt, stringAt } from '../../../base/json.ts';

/**
 * `metadata.ownerReferences`. Errors name the list, not the entry.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, 1.36.
 */
export function validateOwnerReferences(
  references: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  let firstController = '';
  for (const reference of asArray(references)) {
    errors.push(...validateOwnerReference(reference, path));
    if (booleanAt(reference, 'controller') !== true) continue;
    const controller = `${text(reference, 'kind')}/${text(reference, 'name')}`;
    if (firstController === '') firstController = controller;
    else errors.push(invalid(path, asArray(references).map(shown), onlyOneController(firstController, controller)));
  }
  return errors;
}

function onlyOneController(first: string, second: string): string {
  return `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
}

function validateOwnerReference(reference: JsonValue, path: ValidationPath): readonly FieldError[] {
  const apiVersion = text(reference, 'apiVersion');
  const errors: FieldError[] = [];
  if (!hasVersion(apiVersion)) errors.push(invalid(path.child('apiVersion'), apiVersion, 'version must not be empty'));
  for (const field of ['kind', 'name', 'uid']) {
    if (text(reference, field) === '') errors.push(invalid(path.child(field), '', 'must not be empty'));
  }
  if (apiVersion.replace(/^\//, '') === 'v1' && text(reference, 'kind') === 'Event') {
    errors.push(invalid(path, shown(reference), '/v1, Kind=Event is disallowed from being an owner'));
  }
  return errors;
}

function hasVersion(apiVersion: string): boolean {
  const parts = apiVersion.split('/');
  return parts.length <= 2 && parts.at(-1) !== '';
}

function text(reference: JsonValue, field: string): string {
  return stringAt(reference, field) ?? '';
}

/** The reference as the server prints it: fields in their order, the four names always. */
function shown(reference: JsonValue): JsonObject {
  const names = Object.fromEntries(
    ['apiVersion', 'kind', 'name', 'uid'].map((field) => [field, text(reference, field)]),
  );
  const flags = ['controller', 'blockOwnerDeletion'].flatMap((field) => {
    const flag = booleanAt(reference, field);
    return flag === undefined ? [] : [[field, flag] as const];
  });
  return { ...names, ...Object.fromEntries(flags) };
}

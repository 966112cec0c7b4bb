import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { asObject, stringMapAt } from '../../../../base/json.ts';
import { NONE } from '../../validation/fields.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validateTolerations } from './tolerations.ts';

const TOLERATIONS_ANNOTATION = 'scheduler.alpha.kubernetes.io/tolerations';
const FIELDS = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'] as const;

/** Tolerations as JSON in an annotation, as they were before they became a field. */
export function validateTolerationsAnnotation(
  annotations: JsonValue | undefined,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const text = stringMapAt(annotations).get(TOLERATIONS_ANNOTATION) ?? '';
  if (text === '') return NONE;
  const tolerations = readTolerations(text);
  if (tolerations === undefined) {
    const first = text.trimStart()[0] ?? '';
    return [invalid(path, TOLERATIONS_ANNOTATION, `invalid character '${first}' looking for beginning of value`)];
  }
  return validateTolerations(tolerations, path.child(TOLERATIONS_ANNOTATION), options);
}

/** The list in an annotation; undefined when it is none. Field names may be in any case, as Go reads them. */
function readTolerations(text: string): readonly JsonValue[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (parsed === null) return [];
  return Array.isArray(parsed) ? parsed.map((entry) => withSmallNames(asObject(entry) ?? {})) : undefined;
}

function withSmallNames(toleration: JsonObject): JsonObject {
  const entries = Object.keys(toleration).flatMap((name) => {
    const field = FIELDS.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return field === undefined ? [] : [[field, toleration[name]] as const];
  });
  return Object.fromEntries(entries);
}

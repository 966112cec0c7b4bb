import type { FieldError } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { validateEach } from '../../validation/fields.ts';
import { CONTAINER_LISTS } from '../containers.ts';

/** The errors of every container of a Pod: init containers first, ephemeral ones last. */
export function visitContainers(
  spec: JsonValue | undefined,
  path: ValidationPath,
  validate: (container: JsonValue, path: ValidationPath) => readonly FieldError[],
): readonly FieldError[] {
  return CONTAINER_LISTS.flatMap((list) => validateEach(arrayAt(spec, list), path.child(list), validate));
}

/** Every container of a Pod, in the same order. */
export function allContainers(spec: JsonValue | undefined): readonly JsonValue[] {
  return CONTAINER_LISTS.flatMap((list) => arrayAt(spec, list));
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import { formatGoFloat, isInt64 } from '../../../apimachinery/go-number.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, nameAt } from '../../../base/json.ts';

/**
 * The replicas and the selector that the scale subresource reads, where something stands there.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/validator.go `ValidateScaleSpec`,
 * `ValidateScaleStatus`, 1.36.
 */
export function validateScale(object: JsonObject, scale: JsonValue | undefined): readonly FieldError[] {
  return [
    ...replicasErrors(object, nameAt(scale, 'specReplicasPath')),
    ...replicasErrors(object, nameAt(scale, 'statusReplicasPath')),
    ...selectorErrors(object, nameAt(scale, 'labelSelectorPath')),
  ];
}

function replicasErrors(object: JsonObject, written: string | undefined): readonly FieldError[] {
  if (written === undefined) return [];
  const steps = stepsOf(written);
  const path = ValidationPath.ofText(written, steps);
  const found = nested(object, steps);
  if ('problem' in found) return [invalid(path, 0, found.problem)];
  const { value } = found;
  if (value === undefined) return [];
  if (!isInt64(value)) return [invalid(path, 0, accessorError(steps, value, 'int64'))];
  if (value < 0) return [invalid(path, value, 'should be a non-negative integer')];
  return value > 2147483647 ? [invalid(path, value, 'should be less than or equal to 2147483647')] : [];
}

function selectorErrors(object: JsonObject, written: string | undefined): readonly FieldError[] {
  if (written === undefined) return [];
  const steps = stepsOf(written);
  const path = ValidationPath.ofText(written, steps);
  const found = nested(object, steps);
  if ('problem' in found) return [invalid(path, '', found.problem)];
  const { value } = found;
  return value === undefined || typeof value === 'string'
    ? []
    : [invalid(path, '', accessorError(steps, value, 'string'))];
}

const stepsOf = (written: string): readonly string[] => written.replace(/^\./, '').split('.');

/** Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/helpers.go `NestedFieldNoCopy`, 1.36. */
function nested(
  object: JsonObject,
  steps: readonly string[],
): { readonly value: JsonValue | undefined } | { readonly problem: string } {
  let value: JsonValue = object;
  for (const [index, name] of steps.entries()) {
    if (value === null) return { value: undefined };
    if (!isJsonObject(value))
      return { problem: accessorError(steps.slice(0, index + 1), value, 'map[string]interface{}') };
    const below: JsonValue | undefined = Object.hasOwn(value, name) ? value[name] : undefined;
    if (below === undefined) return { value: undefined };
    value = below;
  }
  return { value };
}

function accessorError(steps: readonly string[], value: JsonValue, wanted: string): string {
  return `.${steps.join('.')} accessor error: ${printed(value)} is of the type ${goTypeOf(value)}, expected ${wanted}`;
}

/** As Go's `%v` prints it. */
function printed(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(printed).join(' ')}]`;
  if (isJsonObject(value)) {
    const names = Object.keys(value).sort(compareStrings);
    return `map[${names.map((name) => `${name}:${printed(value[name] ?? null)}`).join(' ')}]`;
  }
  return typeof value === 'number' && !isInt64(value) ? formatGoFloat(value) : String(value);
}

function goTypeOf(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return isInt64(value) ? 'int64' : 'float64';
}

import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { attempt } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { goFormat, goTypeOf } from '../go-format.ts';
import { fieldElement, formatElement, indexElement } from './path-element.ts';
import { atomOf, fieldSchema, isAtomic, itemElement, itemSchema } from './typed-value.ts';

export interface TypedError {
  /** As `formatPath` writes it; '' at the root. */
  readonly path: string;
  readonly message: string;
}

/**
 * Whether a value has the form that its schema demands; a duplicate item is an error only in an applied configuration.
 * Source: typed/validate.go of sigs.k8s.io/structured-merge-diff/v6.
 */
export function validateTyped(
  value: JsonValue | undefined,
  schema: PatchSchema,
  allowDuplicates: boolean,
): TypedError[] {
  if (typeof value !== 'object' || value === null || !allowDuplicates)
    return typedErrors(value, schema, allowDuplicates);
  if (wellFormed.get(value) === schema) return [];
  const errors = typedErrors(value, schema, allowDuplicates);
  if (errors.length === 0) wellFormed.set(value, schema);
  return errors;
}

/** Parts of objects that have the form of a schema: a write shares most parts with what was there. */
const wellFormed = new WeakMap<object, PatchSchema>();

function typedErrors(value: JsonValue | undefined, schema: PatchSchema, allowDuplicates: boolean): TypedError[] {
  const atom = atomOf(schema, value) ?? 'map';
  if (atom === 'scalar') return scalarErrors(value ?? null, schema.scalarType ?? 'untyped');
  if (value === undefined || value === null) return [];
  if (atom === 'list') {
    if (!Array.isArray(value)) return [{ path: '', message: `expected list, got &{${goFormat(value)}}` }];
    return listErrors(value, schema, allowDuplicates);
  }
  if (!isJsonObject(value)) return [{ path: '', message: `expected map, got &{${goFormat(value)}}` }];
  return mapErrors(value, schema, allowDuplicates);
}

function mapErrors(map: JsonObject, schema: PatchSchema, allowDuplicates: boolean): TypedError[] {
  const errors: TypedError[] = [];
  for (const key of Object.keys(map)) {
    const item = map[key];
    if (item === undefined) continue;
    const field = fieldSchema(schema, key);
    // Upstream stops at the first field that it does not know.
    if (!field) return [{ path: formatElement(fieldElement(key)), message: 'field not declared in schema' }];
    const found = validateTyped(item, field, allowDuplicates);
    if (found.length > 0) errors.push(...prefixed(formatElement(fieldElement(key)), found));
  }
  return errors;
}

function listErrors(list: readonly JsonValue[], schema: PatchSchema, allowDuplicates: boolean): TypedError[] {
  const errors: TypedError[] = [];
  const seen = new Set<string>();
  const atomic = isAtomic(schema, 'list');
  for (const [index, item] of list.entries()) {
    const found = atomic ? { ok: true as const, value: indexElement(index) } : attempt(() => itemElement(schema, item));
    if (!found.ok) return [...errors, { path: '', message: `element ${index}: ${found.message}` }];
    const element = found.value;
    if (seen.has(element.id) && !allowDuplicates) {
      errors.push({ path: '', message: `duplicate entries for key ${formatElement(element)}` });
    }
    seen.add(element.id);
    const inner = validateTyped(item, itemSchema(schema), allowDuplicates);
    if (inner.length > 0) errors.push(...prefixed(formatElement(element), inner));
  }
  return errors;
}

function prefixed(prefix: string, errors: readonly TypedError[]): TypedError[] {
  return errors.map(({ path, message }) => ({ path: prefix + path, message }));
}

function scalarErrors(value: JsonValue, type: NonNullable<PatchSchema['scalarType']>): TypedError[] {
  if (value === null || typeof value === type) return [];
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const printed = `&{${goFormat(value)}}`;
  if (type === 'numeric') return isNumber ? [] : fail(`expected numeric (int or float), got ${goTypeOf(value)}`);
  if (type === 'string')
    return typeof value === 'string'
      ? []
      : fail(`expected string, got &value.valueUnstructured{Value:${goFormat(value)}}`);
  if (type === 'boolean') return typeof value === 'boolean' ? [] : fail(`expected boolean, got ${printed}`);
  return typeof value === 'object' ? fail(`expected any scalar, got ${printed}`) : [];
}

function fail(message: string): TypedError[] {
  return [{ path: '', message }];
}

/** The errors as Go prints them. */
export function formatTypedErrors(errors: readonly TypedError[]): string {
  const lines = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return lines.length === 1 ? lines.join('') : ['errors:', ...lines.map((line) => `  ${line}`)].join('\n');
}

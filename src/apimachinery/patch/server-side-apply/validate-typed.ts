import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { goFormat, goTypeOf } from '../go-format.ts';
import { fieldElement, formatElement, indexElement } from './path-element.ts';
import type { PathElement } from './path-element.ts';
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
): readonly TypedError[] {
  if (typeof value !== 'object' || value === null || !allowDuplicates || !isDeep(value))
    return typedErrors(value, schema, allowDuplicates);
  if (wellFormed.get(value) === schema) return NO_ERRORS;
  const errors = typedErrors(value, schema, allowDuplicates);
  if (errors.length === 0) wellFormed.set(value, schema);
  return errors;
}

/** Parts of objects that have the form of a schema: a write shares most parts with what was there. */
const wellFormed = new WeakMap<object, PatchSchema>();
const NO_ERRORS: readonly TypedError[] = [];

/** Whether a value holds others that hold something: what does not is looked at again sooner than remembered. */
function isDeep(value: object): boolean {
  for (const key of Object.keys(value)) {
    const item: unknown = (value as Record<string, unknown>)[key];
    if (typeof item === 'object' && item !== null) return true;
  }
  return false;
}

function typedErrors(
  value: JsonValue | undefined,
  schema: PatchSchema,
  allowDuplicates: boolean,
): readonly TypedError[] {
  const atom = atomOf(schema, value) ?? 'map';
  if (atom === 'scalar') return scalarErrors(value ?? null, schema.scalarType ?? 'untyped');
  if (value === undefined || value === null) return NO_ERRORS;
  if (atom === 'list') {
    if (!Array.isArray(value)) return [{ path: '', message: `expected list, got &{${goFormat(value)}}` }];
    return listErrors(value, schema, allowDuplicates);
  }
  if (!isJsonObject(value)) return [{ path: '', message: `expected map, got &{${goFormat(value)}}` }];
  return mapErrors(value, schema, allowDuplicates);
}

function mapErrors(map: JsonObject, schema: PatchSchema, allowDuplicates: boolean): readonly TypedError[] {
  let errors = NO_ERRORS;
  for (const key of Object.keys(map)) {
    const item = map[key];
    if (item === undefined) continue;
    const field = fieldSchema(schema, key);
    // Upstream stops at the first field that it does not know.
    if (!field) return [{ path: formatElement(fieldElement(key)), message: 'field not declared in schema' }];
    const found = validateTyped(item, field, allowDuplicates);
    if (found.length > 0) errors = [...errors, ...prefixed(formatElement(fieldElement(key)), found)];
  }
  return errors;
}

function listErrors(list: readonly JsonValue[], schema: PatchSchema, allowDuplicates: boolean): readonly TypedError[] {
  let errors = NO_ERRORS;
  const seen = new Set<string>();
  const atomic = isAtomic(schema, 'list');
  const items = itemSchema(schema);
  for (const [index, item] of list.entries()) {
    const element = atomic ? undefined : elementOrMessage(schema, item);
    if (typeof element === 'string') return [...errors, { path: '', message: `element ${index}: ${element}` }];
    if (element !== undefined && !allowDuplicates) {
      if (seen.has(element.id))
        errors = [...errors, { path: '', message: `duplicate entries for key ${formatElement(element)}` }];
      seen.add(element.id);
    }
    const inner = validateTyped(item, items, allowDuplicates);
    if (inner.length > 0) errors = [...errors, ...prefixed(formatElement(element ?? indexElement(index)), inner)];
  }
  return errors;
}

/** What identifies an item, or why nothing does. */
function elementOrMessage(list: PatchSchema, item: JsonValue): PathElement | string {
  try {
    return itemElement(list, item);
  } catch (error) {
    if (error instanceof PatchError) return error.message;
    throw error;
  }
}

function prefixed(prefix: string, errors: readonly TypedError[]): readonly TypedError[] {
  return errors.map(({ path, message }) => ({ path: prefix + path, message }));
}

function scalarErrors(value: JsonValue, type: NonNullable<PatchSchema['scalarType']>): readonly TypedError[] {
  if (value === null || typeof value === type) return NO_ERRORS;
  const message = scalarProblem(value, type);
  return message === undefined ? NO_ERRORS : [{ path: '', message }];
}

function scalarProblem(value: JsonValue, type: NonNullable<PatchSchema['scalarType']>): string | undefined {
  if (type === 'numeric')
    return typeof value === 'number' || typeof value === 'bigint'
      ? undefined
      : `expected numeric (int or float), got ${goTypeOf(value)}`;
  if (type === 'string') return `expected string, got &value.valueUnstructured{Value:${goFormat(value)}}`;
  if (type === 'boolean') return `expected boolean, got &{${goFormat(value)}}`;
  return typeof value === 'object' ? `expected any scalar, got &{${goFormat(value)}}` : undefined;
}

/** The errors as Go prints them. */
export function formatTypedErrors(errors: readonly TypedError[]): string {
  const lines = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return lines.length === 1 ? lines.join('') : ['errors:', ...lines.map((line) => `  ${line}`)].join('\n');
}

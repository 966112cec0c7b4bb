import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid, required } from '../../../apimachinery/field-error.ts';
import {
  validateDns1035Label,
  validatePathSegmentName,
  validatePathSegmentPrefix,
} from '../../../apimachinery/names.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, stringAt } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { validateObjectMeta } from '../validation/object-meta.ts';
import { mapFields, mapItems } from './map-values.ts';
import { decodeObjectMeta } from './object-meta-decoding.ts';
import type { UnknownField } from './prune.ts';
import type { StructuralSchema } from './structural-schema.ts';

export interface Coerced<Value extends JsonValue> {
  readonly value: Value;
  readonly unknown: readonly UnknownField[];
  /** The first thing of a wrong type: with it the object cannot be decoded. */
  readonly error: FieldError | undefined;
}

interface Walk {
  readonly unknown: UnknownField[];
  error: FieldError | undefined;
}

/**
 * The object with the metadata of the resources in it as Go reads it, the object's own metadata left out. Source:
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta/algorithm.go `CoerceWithOptions`, 1.36.
 */
export function coerceEmbedded<Value extends JsonValue>(
  value: Value,
  schema: StructuralSchema,
  path?: ValidationPath,
): Coerced<Value> {
  const walk: Walk = { unknown: [], error: undefined };
  const coerced = coerce(value, schema, path, walk) as Value;
  return { value: coerced, unknown: walk.unknown.sort((a, b) => compareStrings(a.field, b.field)), error: walk.error };
}

function coerce(
  value: JsonValue,
  schema: StructuralSchema | undefined,
  path: ValidationPath | undefined,
  walk: Walk,
): JsonValue {
  if (schema === undefined || walk.error !== undefined) return value;
  if (Array.isArray(value))
    return mapItems(value, (item, index) => coerce(item, schema.items, path?.index(index), walk));
  if (!isJsonObject(value)) return value;
  return mapFields(value, (entry, name) => {
    const read = schema.isEmbeddedResource ? coerceField(entry, name, child(path, name), walk) : entry;
    return coerce(read, schemaBelow(schema, name), pathBelow(schema, path, name), walk);
  });
}

function coerceField(value: JsonValue, name: string, path: ValidationPath, walk: Walk): JsonValue {
  if ((name === 'apiVersion' || name === 'kind') && typeof value !== 'string')
    walk.error ??= invalid(path, value, 'must be a string');
  if (name !== 'metadata') return value;
  const decoded = decodeObjectMeta(value, path.steps);
  if ('problem' in decoded) {
    walk.error ??= invalid(path, value, decoded.problem);
    return value;
  }
  walk.unknown.push(...decoded.unknown);
  return decoded.metadata;
}

/**
 * What resources in a custom resource are refused for: apiVersion and kind are required, metadata is not. Source:
 * pkg/apiserver/schema/objectmeta/validation.go beside it.
 */
export function validateEmbedded(
  value: JsonValue,
  schema: StructuralSchema | undefined,
  path?: ValidationPath,
): readonly FieldError[] {
  if (schema === undefined) return [];
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) =>
      validateEmbedded(item, schema.items, path?.index(index)),
    );
  if (!isJsonObject(value)) return [];
  return [
    ...(schema.isEmbeddedResource ? resourceErrors(value, path) : []),
    ...Object.keys(value).flatMap((name) =>
      validateEmbedded(value[name] ?? null, schemaBelow(schema, name), pathBelow(schema, path, name)),
    ),
  ];
}

function resourceErrors(object: JsonObject, path: ValidationPath | undefined): readonly FieldError[] {
  const { apiVersion, kind, metadata } = object;
  return [
    ...(apiVersion === undefined ? [required(child(path, 'apiVersion'))] : []),
    ...(kind === undefined ? [required(child(path, 'kind'))] : []),
    ...(apiVersion === undefined ? [] : textErrors(apiVersion, child(path, 'apiVersion'), groupVersionProblem)),
    ...(kind === undefined ? [] : textErrors(kind, child(path, 'kind'), kindProblem)),
    ...(metadata === undefined ? [] : metadataErrors(metadata, child(path, 'metadata'))),
  ];
}

function textErrors(
  value: JsonValue,
  path: ValidationPath,
  problemOf: (text: string) => string | undefined,
): readonly FieldError[] {
  if (typeof value !== 'string') return [invalid(path, value, 'must be a string')];
  const problem = value === '' ? 'must not be empty' : problemOf(value);
  return problem === undefined ? [] : [invalid(path, value, problem)];
}

/** Source: staging/src/k8s.io/apimachinery/pkg/runtime/schema/group_version.go `ParseGroupVersion`, 1.36. */
function groupVersionProblem(text: string): string | undefined {
  return text.split('/').length > 2 ? `unexpected GroupVersion string: ${text}` : undefined;
}

function kindProblem(kind: string): string | undefined {
  const problems = validateDns1035Label(kind.toLowerCase());
  return problems.length === 0 ? undefined : `may have mixed case, but should otherwise match: ${problems.join(',')}`;
}

/** A resource in another needs no name. */
function metadataErrors(metadata: JsonValue, path: ValidationPath): readonly FieldError[] {
  const isNameless = (stringAt(metadata, 'name') ?? '') === '';
  const named = isNameless && isJsonObject(metadata) ? { ...metadata, name: 'fakename' } : metadata;
  const rules = {
    namespaced: (stringAt(metadata, 'namespace') ?? '') !== '',
    validateName: (name: string, prefix: boolean) =>
      prefix ? validatePathSegmentPrefix(name) : validatePathSegmentName(name),
    standardFinalizers: false,
  };
  return validateObjectMeta(named, rules, path);
}

function schemaBelow({ properties, additional }: StructuralSchema, name: string): StructuralSchema | undefined {
  return properties.get(name) ?? (typeof additional === 'object' ? additional : undefined);
}

function pathBelow(schema: StructuralSchema, path: ValidationPath | undefined, name: string): ValidationPath {
  return path === undefined || schema.properties.has(name) ? child(path, name) : path.key(name);
}

const child = (path: ValidationPath | undefined, name: string): ValidationPath =>
  path === undefined ? ValidationPath.of(name) : path.child(name);

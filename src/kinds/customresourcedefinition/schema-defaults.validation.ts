import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, asObject, objectAt, valueAt } from '../../base/json.ts';
import { isTrueAt } from '../shared/validation/fields.ts';
import { schemaField, schemaMap } from './json-schema.ts';

const IN_EVERY_OBJECT = ['metadata', 'kind', 'apiVersion'];

/**
 * Defaults that hold fields which their schema does not know. Defaults in metadata, and whether a default is valid in its
 * schema, are not looked at.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go, 1.36.
 */
export function validateSchemaDefaults(schema: JsonObject, path: ValidationPath, isRoot = true): readonly FieldError[] {
  const value = valueAt(schema, 'default') ?? undefined;
  const isResource = isRoot || isTrueAt(schema, 'x-kubernetes-embedded-resource');
  const own =
    value !== undefined && hasUnknownField(value, schema, isResource)
      ? [invalid(path.child('default'), value, 'must not have unknown fields')]
      : [];
  const properties = schemaMap(schema, 'properties', path).filter(
    ({ name }) => !isResource || !IN_EVERY_OBJECT.includes(name),
  );
  return [
    ...own,
    ...[...schemaField(schema, 'items', path), ...properties].flatMap((child) =>
      validateSchemaDefaults(child.schema, child.path, false),
    ),
  ];
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go, 1.36. */
function hasUnknownField(value: JsonValue, schema: JsonObject, isResource: boolean): boolean {
  const items = objectAt(schema, 'items');
  if (Array.isArray(value))
    return items !== undefined && asArray(value).some((item) => hasUnknownField(item, items, isEmbedded(items)));
  const object = asObject(value);
  if (object === undefined) return false;
  const values = valueAt(schema, 'additionalProperties') ?? undefined;
  return Object.keys(object).some((name) => {
    if (isResource && IN_EVERY_OBJECT.includes(name)) return false;
    const child = objectAt(schema, 'properties', name) ?? asObject(values);
    if (child !== undefined) return hasUnknownField(object[name] ?? null, child, isEmbedded(child));
    return values !== true && !isTrueAt(schema, 'x-kubernetes-preserve-unknown-fields');
  });
}

const isEmbedded = (schema: JsonObject): boolean => isTrueAt(schema, 'x-kubernetes-embedded-resource');

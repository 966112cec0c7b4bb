import type { FieldError } from '../../apimachinery/field-error.ts';
import { formatFieldError, invalid } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { validateRules } from '../../cel/validate-rules.ts';
import { coerceEmbedded, validateEmbedded } from '../shared/custom-resource/embedded-resources.ts';
import { prune } from '../shared/custom-resource/prune.ts';
import type { StructuralSchema } from '../shared/custom-resource/structural-schema.ts';
import { structuralSchema } from '../shared/custom-resource/structural-schema.ts';
import { validateValue } from '../shared/custom-resource/value-validation.ts';

/** Where in a resource a schema stands. */
interface Place {
  readonly path: ValidationPath;
  /** The schema of the resource, or of the resource in it, that the place belongs to. */
  readonly resource: StructuralSchema;
  readonly insideMetadata: boolean;
  /** A resource that holds nothing but the value, at this place. */
  readonly around: (value: JsonValue) => JsonObject;
}

const IN_EVERY_OBJECT = ['metadata', 'kind', 'apiVersion'];

/**
 * What is wrong with the defaults of a structural schema: unknown fields (unless `mayHoldUnknown`, as the definition had
 * such before), metadata that no object can have, and what the schema itself refuses, its rules too.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go, 1.36.
 */
export function validateSchemaDefaults(
  source: JsonObject,
  path: ValidationPath,
  mayHoldUnknown: boolean,
): readonly FieldError[] {
  const root: StructuralSchema = { ...structuralSchema(source), isEmbeddedResource: true };
  return errorsBelow(root, placeOfResource(root, path), mayHoldUnknown);
}

function placeOfResource(resource: StructuralSchema, path: ValidationPath): Place {
  const around = (value: JsonValue): JsonObject => ({
    kind: 'Validation',
    apiVersion: 'validation/v1',
    ...(isJsonObject(value) ? value : {}),
  });
  return { path, resource, insideMetadata: false, around };
}

function errorsBelow(schema: StructuralSchema, outer: Place, mayHoldUnknown: boolean): readonly FieldError[] {
  const place = schema.isEmbeddedResource ? placeOfResource(schema, outer.path) : outer;
  const { path, around } = place;
  const own = schema.default === undefined ? [] : defaultErrors(schema.default, schema, place, mayHoldUnknown);
  const items =
    schema.items === undefined
      ? []
      : errorsBelow(
          schema.items,
          { ...place, path: path.child('items'), around: (value) => around([value]) },
          mayHoldUnknown,
        );
  const names = [...schema.properties.keys()].sort();
  const properties = names.flatMap((name) => {
    const property = schema.properties.get(name);
    if (property === undefined) return [];
    const insideMetadata = place.insideMetadata || (schema.isEmbeddedResource && IN_EVERY_OBJECT.includes(name));
    const at = path.child('properties').key(name);
    const below = { ...place, insideMetadata, path: at, around: (value: JsonValue) => around({ [name]: value }) };
    return errorsBelow(property, below, mayHoldUnknown);
  });
  return [...own, ...items, ...properties];
}

function defaultErrors(
  value: JsonValue,
  schema: StructuralSchema,
  { path: outer, resource, insideMetadata, around }: Place,
  mayHoldUnknown: boolean,
): readonly FieldError[] {
  const path = outer.child('default');
  if (insideMetadata) {
    const problem = metadataProblem(around(value), { ...resource, isEmbeddedResource: true });
    return problem === undefined
      ? valueErrors(value, schema, path, schema === resource)
      : [invalid(path, value, `must result in valid metadata: ${problem}`)];
  }
  const isPruned = mayHoldUnknown || prune(value, schema, false).value === value;
  const unknown = isPruned ? [] : [invalid(path, value, 'must not have unknown fields')];
  const { error } = coerceEmbedded(value, schema, path);
  if (error !== undefined) return [...unknown, error];
  const embedded = validateEmbedded(value, schema, path);
  return [...unknown, ...(embedded.length > 0 ? embedded : valueErrors(value, schema, path, schema === resource))];
}

function metadataProblem(object: JsonObject, resource: StructuralSchema): string | undefined {
  const { error } = coerceEmbedded(object, resource);
  if (error !== undefined) return formatFieldError(error);
  const problems = [...new Set(validateEmbedded(object, resource).map(formatFieldError))];
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}

/** What the schema and its rules refuse; rules are asked as on an update that changes nothing, then as on a create. */
function valueErrors(
  value: JsonValue,
  schema: StructuralSchema,
  path: ValidationPath,
  isRoot: boolean,
): readonly FieldError[] {
  const errors = validateValue(value, withoutIntOrString(schema), { path });
  if (errors.length > 0) return errors;
  const ruled = (old?: JsonValue): readonly FieldError[] => validateRules(schema.source, value, old, { path, isRoot });
  const unchanged = ruled(value);
  return unchanged.length > 0 ? unchanged : ruled();
}

const converted = new WeakMap<StructuralSchema, StructuralSchema>();

/**
 * The schema as defaults are held against it: what may be integer or string has no type there. Source:
 * pkg/apiserver/schema/kubeopenapi.go `ToKubeOpenAPI`.
 */
function withoutIntOrString(schema: StructuralSchema): StructuralSchema {
  const known = converted.get(schema);
  if (known !== undefined) return known;
  const { properties, items, additional } = schema;
  const made: StructuralSchema = {
    ...schema,
    types: schema.types.length > 1 ? [] : schema.types,
    properties: new Map([...properties].map(([name, property]) => [name, withoutIntOrString(property)])),
    items: items === undefined ? undefined : withoutIntOrString(items),
    additional: typeof additional === 'object' ? withoutIntOrString(additional) : additional,
  };
  converted.set(schema, made);
  return made;
}

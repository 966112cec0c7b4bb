import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import { isTrueAt, textAt } from '../shared/validation/fields.ts';
import { isFilled, isSet, schemaField, schemaList, schemaMap } from './json-schema.ts';
import { validateListType } from './list-type.validation.ts';
import { validateRules } from './validation-rules.validation.ts';

/** What was wrong before an update may stay. */
export interface SchemaOptions {
  readonly knownTypes: boolean;
  readonly atomicSetItems: boolean;
  readonly strictMapKeys: boolean;
}

/** Where in the object the schema stands. */
interface Place {
  readonly isRoot: boolean;
  readonly insideMetadata: boolean;
  /** Why defaults are forbidden here; undefined where they are allowed. */
  readonly noDefaults: string | undefined;
}

export const ROOT: Place = { isRoot: true, insideMetadata: false, noDefaults: undefined };

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const IN_EVERY_OBJECT = ['metadata', 'kind', 'apiVersion'];

export function hasUnknownType(schema: JsonObject): boolean {
  const type = textAt(schema, 'type');
  return type !== '' && !TYPES.includes(type);
}

/**
 * Source: `ValidateCustomResourceDefinitionOpenAPISchema`; rules in CEL are not compiled. Schemas with an error in them or
 * below are added to `faulty`.
 */
export function validateOpenApiSchema(
  schema: JsonObject,
  path: ValidationPath,
  place: Place,
  options: SchemaOptions & { readonly faulty: Set<JsonObject> },
): readonly FieldError[] {
  const inside: Place = { ...place, isRoot: false };
  const below = (field: 'map' | 'list' | 'one', name: string): readonly FieldError[] =>
    (field === 'map' ? schemaMap : field === 'list' ? schemaList : schemaField)(schema, name, path).flatMap((child) =>
      validateOpenApiSchema(child.schema, child.path, inside, options),
    );
  const errors: FieldError[] = [...standardErrors(schema, path, place, options)];
  if (isTrueAt(schema, 'uniqueItems'))
    errors.push(
      forbidden(
        path.child('uniqueItems'),
        'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
      ),
    );
  errors.push(...additionalErrors(schema, path, inside, options));
  for (const child of schemaMap(schema, 'properties', path))
    errors.push(
      ...validateOpenApiSchema(child.schema, child.path, placeOfProperty(schema, child.name, place), options),
    );
  errors.push(...below('one', 'not'), ...below('list', 'allOf'), ...below('list', 'oneOf'), ...below('list', 'anyOf'));
  errors.push(...below('map', 'definitions'), ...below('one', 'items'), ...below('list', 'items'));
  errors.push(
    ...schemaMap(schema, 'dependencies', path)
      .filter(({ name }) => objectAt(schema, 'dependencies', name) !== undefined)
      .flatMap((child) => validateOpenApiSchema(child.schema, child.path, inside, options)),
  );
  if (valueAt(schema, 'x-kubernetes-preserve-unknown-fields') === false)
    errors.push(invalid(path.child('x-kubernetes-preserve-unknown-fields'), false, 'must be true or undefined'));
  errors.push(...mapTypeErrors(schema, path), ...validateListType(schema, path, options));
  errors.push(...validateRules(schema, path));
  if (errors.length > 0) options.faulty.add(schema);
  return errors;
}

function placeOfProperty(schema: JsonObject, name: string, place: Place): Place {
  const inside: Place = { ...place, isRoot: false };
  const isResource = place.isRoot || isTrueAt(schema, 'x-kubernetes-embedded-resource');
  if (!isResource || !IN_EVERY_OBJECT.includes(name)) return inside;
  return { ...inside, insideMetadata: true, noDefaults: place.isRoot ? `in top-level ${name}` : place.noDefaults };
}

function additionalErrors(
  schema: JsonObject,
  path: ValidationPath,
  inside: Place,
  options: SchemaOptions & { readonly faulty: Set<JsonObject> },
): readonly FieldError[] {
  const values = valueAt(schema, 'additionalProperties') ?? undefined;
  if (values === undefined) return [];
  const below: Place = inside.insideMetadata
    ? { ...inside, noDefaults: 'inside additionalProperties applying to object metadata' }
    : inside;
  return [
    ...(isFilled(schema, 'properties') && values !== true
      ? [forbidden(path.child('additionalProperties'), 'additionalProperties and properties are mutual exclusive')]
      : []),
    ...schemaField(schema, 'additionalProperties', path).flatMap((child) =>
      validateOpenApiSchema(child.schema, child.path, below, options),
    ),
  ];
}

/** Source: `specStandardValidatorV3.validate`. */
function standardErrors(
  schema: JsonObject,
  path: ValidationPath,
  place: Place,
  options: SchemaOptions,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const unsupported = (field: string, isGiven: boolean): void => {
    if (isGiven) errors.push(forbidden(path.child(field), `${field} is not supported`));
  };
  const type = textAt(schema, 'type');
  if (options.knownTypes && hasUnknownType(schema)) errors.push(notSupported(path.child('type'), type, TYPES));
  if (isSet(schema, 'default') && place.noDefaults !== undefined)
    errors.push(forbidden(path.child('default'), `must not be set ${place.noDefaults}`));
  unsupported('id', isFilled(schema, 'id'));
  unsupported('additionalItems', isSet(schema, 'additionalItems'));
  unsupported('patternProperties', isFilled(schema, 'patternProperties'));
  unsupported('definitions', isFilled(schema, 'definitions'));
  unsupported('dependencies', isSet(schema, 'dependencies'));
  unsupported('$ref', isSet(schema, '$ref'));
  if (type === 'null')
    errors.push(forbidden(path.child('type'), 'type cannot be set to null, use nullable as an alternative'));
  if (arrayAt(schema, 'items').length > 0)
    errors.push(forbidden(path.child('items'), 'items must be a schema object and not an array'));
  if (place.insideMetadata && isTrueAt(schema, 'x-kubernetes-embedded-resource'))
    errors.push(forbidden(path.child('x-kubernetes-embedded-resource'), 'must not be used inside of resource meta'));
  return errors;
}

function mapTypeErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const mapType = stringAt(schema, 'x-kubernetes-map-type');
  if (mapType === undefined) return [];
  const type = textAt(schema, 'type');
  const words = 'must be object if x-kubernetes-map-type is specified';
  const at = path.child('type');
  return [
    ...(type === 'object' ? [] : [type === '' ? required(at, words) : invalid(at, type, words)]),
    ...(mapType === 'atomic' || mapType === 'granular'
      ? []
      : [notSupported(path.child('x-kubernetes-map-type'), mapType, ['atomic', 'granular'])]),
  ];
}

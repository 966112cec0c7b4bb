import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import { isTrueAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { isSet } from './json-schema.ts';

const LIST_TYPE = 'x-kubernetes-list-type';
const MAP_KEYS = 'x-kubernetes-list-map-keys';

/** The rules of `x-kubernetes-list-type` and `x-kubernetes-list-map-keys`. */
export function validateListType(
  schema: JsonObject,
  path: ValidationPath,
  options: { readonly atomicSetItems: boolean; readonly strictMapKeys: boolean },
): readonly FieldError[] {
  const listType = stringAt(schema, LIST_TYPE);
  const keys = textsAt(schema, MAP_KEYS);
  const type = textAt(schema, 'type');
  const errors: FieldError[] = [];
  if (listType !== undefined && type !== 'array') {
    const words = 'must be array if x-kubernetes-list-type is specified';
    errors.push(type === '' ? required(path.child('type'), words) : invalid(path.child('type'), type, words));
  } else if (options.atomicSetItems) errors.push(...setItemErrors(schema, path));
  if (listType !== undefined && !['atomic', 'set', 'map'].includes(listType))
    errors.push(notSupported(path.child(LIST_TYPE), listType, ['atomic', 'set', 'map']));
  if (keys.length > 0 && listType !== 'map') {
    const words = 'must be map if x-kubernetes-list-map-keys is non-empty';
    const at = path.child(LIST_TYPE);
    errors.push(listType === undefined ? required(at, words) : invalid(at, listType, words));
  }
  if (listType === 'map') errors.push(...mapErrors(schema, keys, path));
  if (options.strictMapKeys) errors.push(...mapKeyErrors(schema, path));
  return errors;
}

/** Items of a set are compared as a whole. */
export function setItemErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const items = objectAt(schema, 'items');
  if (stringAt(schema, LIST_TYPE) !== 'set' || items === undefined) return [];
  const words = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const listType = stringAt(items, LIST_TYPE);
  const at = path.child('items');
  if (textAt(items, 'type') === 'array' && listType !== undefined && listType !== 'atomic')
    return [invalid(at.child(LIST_TYPE), listType, words)];
  // Upstream shows the list type here too.
  if (textAt(items, 'type') === 'object' && stringAt(items, 'x-kubernetes-map-type') !== 'atomic')
    return [invalid(at.child('x-kubernetes-map-type'), listType ?? null, words)];
  return [];
}

function mapErrors(schema: JsonObject, keys: readonly string[], path: ValidationPath): readonly FieldError[] {
  const errors: FieldError[] = [];
  const items = objectAt(schema, 'items');
  const at = path.child(MAP_KEYS);
  if (keys.length === 0) errors.push(required(at, 'must not be empty if x-kubernetes-list-type is map'));
  if (items === undefined) {
    if (!isSet(schema, 'items'))
      errors.push(required(path.child('items'), 'must have a schema if x-kubernetes-list-type is map'));
    else
      errors.push(
        invalid(
          path.child('items'),
          { Schema: null, JSONSchemas: arrayAt(schema, 'items') },
          'must only have a single schema if x-kubernetes-list-type is map',
        ),
      );
    return errors;
  }
  const type = textAt(items, 'type');
  if (type !== 'object') {
    const words = "must be object if parent array's x-kubernetes-list-type is map";
    return [...errors, invalid(path.child('items', 'type'), type, words)];
  }
  for (const [index, key] of keys.entries()) {
    const property = objectAt(items, 'properties', key);
    const keyType = textAt(property, 'type');
    if (property === undefined) errors.push(invalid(at, keys, 'entries must all be names of item properties'));
    else if (keyType === 'array' || keyType === 'object')
      errors.push(
        invalid(
          path.child('items', 'properties').key(key).child('type'),
          type,
          "must be a scalar type if parent array's x-kubernetes-list-type is map",
        ),
      );
    if (keys.indexOf(key) < index) errors.push(invalid(at, keys, 'must not contain duplicate entries'));
  }
  return errors;
}

/** Source: `validateMapListKeysMapSet`. */
export function mapKeyErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const items = objectAt(schema, 'items');
  const listType = stringAt(schema, LIST_TYPE);
  if (items === undefined || (listType !== 'set' && listType !== 'map')) return [];
  const errors: FieldError[] = [];
  if (isTrueAt(items, 'nullable'))
    errors.push(
      forbidden(path.child('items', 'nullable'), `cannot be nullable when x-kubernetes-list-type is ${listType}`),
    );
  if (listType === 'set') return errors;
  const needed = textsAt(items, 'required');
  for (const key of textsAt(schema, MAP_KEYS)) {
    const property = objectAt(items, 'properties', key);
    if (property === undefined) continue;
    const at = path.child('items', 'properties').key(key);
    if (!needed.includes(key) && !isSet(property, 'default'))
      errors.push(
        required(
          at.child('default'),
          'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
        ),
      );
    if (isTrueAt(property, 'nullable'))
      errors.push(
        forbidden(at.child('nullable'), 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable'),
      );
  }
  return errors;
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { notSupported, required, tooLong, tooMany } from '../../../apimachinery/field-error.ts';
import { compileGoPattern } from '../../../apimachinery/go-pattern.ts';
import { isInt64 } from '../../../apimachinery/go-number.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, jsonEqual } from '../../../base/json.ts';
import type { Correlated } from './correlated.ts';
import { hasFormat } from './formats.ts';
import { isAboutInteger, validateNumber } from './number-validation.ts';
import { Outcome } from './outcome.ts';
import type { ValueError } from './outcome.ts';
import { Place } from './place.ts';
import type { StructuralSchema } from './structural-schema.ts';

/**
 * What a schema says against a value, in the server's words and order; with `correlated`, what an update left as it was
 * is let pass. Source: vendor/k8s.io/kube-openapi/pkg/validation/validate and apiextensions-apiserver/pkg/apiserver/
 * validation/{validation,ratcheting}.go, 1.36.
 */
export function validateValue(
  value: JsonValue,
  schema: StructuralSchema,
  { correlated, path }: { readonly correlated?: Correlated | undefined; readonly path?: ValidationPath } = {},
): readonly FieldError[] {
  return check(value, schema, Place.root(path), correlated).errors.map(({ error }) => error);
}

function check(value: JsonValue, schema: StructuralSchema, place: Place, correlated?: Correlated): Outcome {
  const outcome = checkAll(value, schema, place, correlated);
  if (!outcome.isValid && correlated?.isUnchanged === true) outcome.errors.length = 0;
  return outcome;
}

function checkAll(value: JsonValue, schema: StructuralSchema, place: Place, correlated?: Correlated): Outcome {
  const outcome = new Outcome();
  const run = (other: Outcome): void => {
    outcome.merge(other);
    outcome.matches++;
  };
  if (value === null) {
    outcome.merge(checkType(value, schema, place));
    outcome.add(enumError(value, schema, place));
    return outcome;
  }
  if (schema.types.length > 0 || schema.format !== undefined) run(checkType(value, schema, place));
  run(checkClauses(value, schema, place));
  if (typeof value === 'string') {
    run(only(stringError(value, schema, place)));
    if (schema.format !== undefined && !hasFormat(value, schema.format))
      run(only(typeError(schema.format, value, place)));
    else if (schema.format !== undefined) outcome.matches++;
  }
  if (typeof value === 'number' || typeof value === 'bigint') run(validateNumber(value, schema, place));
  if (Array.isArray(value)) run(checkList(value, schema, place, correlated));
  run(only(enumError(value, schema, place)));
  if (isJsonObject(value)) run(checkObject(value, schema, place, correlated));
  outcome.matches++;
  return outcome;
}

function only(error: ValueError | undefined): Outcome {
  const outcome = new Outcome();
  outcome.add(error);
  return outcome;
}

const typeError = (wanted: string, given: string, place: Place): ValueError =>
  place.breaks(`must be of type ${wanted}: ${quoteString(given)}`, given, 'FieldValueTypeInvalid');

/** Source: validate/type.go; a list passes where a string with a format is wanted. */
function checkType(value: JsonValue, schema: StructuralSchema, place: Place): Outcome {
  const outcome = new Outcome();
  const { types, format } = schema;
  if (value === null) {
    if (types.length > 0 && !schema.nullable) return only(typeError(types.join(','), 'null', place));
    outcome.matches++;
    return outcome;
  }
  const given = typeOf(value);
  const isText = given === 'string' || given === 'array';
  const isNumber = given === 'integer' || given === 'number';
  const passes =
    types.includes(given) ||
    (given === 'integer' && types.includes('number')) ||
    (given === 'number' && types.includes('integer') && isAboutInteger(Number(value)));
  const goFormat = given === 'integer' ? 'int64' : isNumber ? 'float64' : '';
  if (format !== undefined && !isText && !passes && goFormat !== format)
    return only(typeError(format, goFormat, place));
  const formatDecides = format !== undefined && isText && !types.includes('number') && !types.includes('integer');
  if (!formatDecides && !passes) return only(typeError(types.join(','), given, place));
  outcome.matches++;
  return outcome;
}

function typeOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' || typeof value === 'bigint') return isInt64(value) ? 'integer' : 'number';
  return typeof value;
}

/** Source: validate/schema_props.go. */
function checkClauses(value: JsonValue, schema: StructuralSchema, place: Place): Outcome {
  const outcome = new Outcome();
  const quoted = quoteString(place.text);
  if (schema.anyOf.length > 0) {
    const { first, best } = alternatives(value, schema.anyOf, place, true);
    if (first === undefined) outcome.add(place.withoutField(`${quoted} must validate at least one schema (anyOf)`));
    outcome.merge(first ?? best!);
  }
  if (schema.oneOf.length > 0) {
    const { first, best, valid } = alternatives(value, schema.oneOf, place, false);
    if (valid === 1) outcome.merge(first!);
    else {
      const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
      outcome.add(place.withoutField(`${quoted} must validate one and only one schema (oneOf). ${found}`));
      if (valid === 0) outcome.merge(best!);
    }
  }
  if (schema.allOf.length > 0) {
    let valid = 0;
    for (const clause of schema.allOf) {
      const result = check(value, clause, place);
      if (result.isValid) valid++;
      outcome.merge(result);
    }
    const none = valid === 0 ? '. None validated' : '';
    if (valid < schema.allOf.length)
      outcome.add(place.withoutField(`${quoted} must validate all the schemas (allOf)${none}`));
  }
  if (schema.not !== undefined && check(value, schema.not, place).isValid)
    outcome.add(place.withoutField(`${quoted} must not validate the schema (not)`));
  outcome.matches++;
  return outcome;
}

/** The first that passes, and of those that fail the one that got furthest. */
function alternatives(value: JsonValue, clauses: readonly StructuralSchema[], place: Place, stops: boolean) {
  let first: Outcome | undefined;
  let best: Outcome | undefined;
  let valid = 0;
  for (const clause of clauses) {
    const result = check(value, clause, place);
    if (result.isValid) {
      valid++;
      first ??= result;
      if (stops) break;
    } else if (best === undefined || result.matches > best.matches) best = result;
  }
  return { first, best, valid };
}

function stringError(value: string, { bounds }: StructuralSchema, place: Place): ValueError | undefined {
  const { minLength, maxLength, pattern } = bounds;
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  if (maxLength !== undefined && length > maxLength)
    return place.other(`should be at most ${maxLength} chars long`, (path) => tooLong(path, maxLength));
  if (minLength !== undefined && length < minLength)
    return place.breaks(`should be at least ${minLength} chars long`, value);
  if (pattern === undefined) return undefined;
  const compiled = compileGoPattern(pattern);
  if (typeof compiled === 'string')
    return place.breaks(`should match '${pattern}, but pattern is invalid: ${compiled}'`, value);
  return compiled === undefined || compiled.test(value) ? undefined : place.breaks(`should match '${pattern}'`, value);
}

function enumError(value: JsonValue, schema: StructuralSchema, place: Place): ValueError | undefined {
  if (schema.enum.length === 0 || schema.enum.some((allowed) => equalsInGo(value, allowed))) return undefined;
  const supported = schema.enum.map((allowed) => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed)));
  return place.other(`should be one of ${JSON.stringify(supported)}`, (path) => notSupported(path, value, supported));
}

/** Go converts the value to the type of what is allowed: floats lose their fraction. Null never equals. */
function equalsInGo(value: JsonValue, allowed: JsonValue): boolean {
  if (value === null || allowed === null) return false;
  if (typeof value === 'number' && !Number.isInteger(value) && isInt64(allowed)) return Math.trunc(value) === allowed;
  return jsonEqual(value, allowed);
}

function checkList(
  list: readonly JsonValue[],
  { items, bounds }: StructuralSchema,
  place: Place,
  correlated: Correlated | undefined,
): Outcome {
  const outcome = new Outcome();
  const { minItems, maxItems } = bounds;
  if (items !== undefined)
    list.forEach((item, index) => outcome.merge(check(item, items, place.index(index), correlated?.index(index))));
  if (minItems !== undefined && list.length < minItems)
    outcome.add(place.breaks(`should have at least ${minItems} items`, list.length));
  if (maxItems !== undefined && list.length > maxItems)
    outcome.add(place.other(`should have at most ${maxItems} items`, (path) => tooMany(path, list.length, maxItems)));
  if (bounds.uniqueItems && list.some((item, index) => list.findIndex((other) => jsonEqual(item, other)) < index))
    outcome.add(place.breaks("shouldn't contain duplicates", ''));
  outcome.matches++;
  return outcome;
}

function checkObject(
  object: JsonObject,
  schema: StructuralSchema,
  place: Place,
  correlated: Correlated | undefined,
): Outcome {
  const outcome = new Outcome();
  const names = Object.keys(object);
  const { minProperties, maxProperties } = schema.bounds;
  if (minProperties !== undefined && names.length < minProperties)
    outcome.add(place.breaks(`should have at least ${minProperties} properties`, names.length));
  if (maxProperties !== undefined && names.length > maxProperties)
    outcome.add(
      place.other(`should have at most ${maxProperties} properties`, (path) =>
        tooMany(path, names.length, maxProperties),
      ),
    );
  for (const name of names) {
    if (schema.properties.has(name)) continue;
    if (schema.additional === false) {
      const detail = `${place.text}.${name} in body is a forbidden property`;
      outcome.add({ words: detail, error: { reason: 'FieldValueInvalid', path: place.path, badValue: name, detail } });
    } else if (typeof schema.additional === 'object')
      outcome.merge(check(object[name] ?? null, schema.additional, place.field(name), correlated?.field(name)));
  }
  for (const name of names) {
    const property = schema.properties.get(name);
    if (property === undefined) continue;
    const isTypeMeta = place.text === '' && (name === 'kind' || name === 'apiVersion');
    const before = isTypeMeta ? undefined : correlated?.field(name);
    outcome.merge(check(object[name] ?? null, property, place.field(name), before));
  }
  for (const name of schema.required)
    if (object[name] === undefined || !Object.hasOwn(object, name))
      outcome.add(place.field(name).other('is required', (path) => required(path)));
  return outcome;
}

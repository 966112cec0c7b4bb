import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { NONE, isTrueAt, textAt } from '../shared/validation/fields.ts';
import { compiledRuleErrors } from './compiled-rules.validation.ts';
import type { SchemaOptions } from './open-api-schema.validation.ts';
import { ROOT, validateOpenApiSchema } from './open-api-schema.validation.ts';
import { validateSchemaDefaults } from './schema-defaults.validation.ts';
import { conversionProblem, validateStructural } from './structural-schema.validation.ts';

export interface RootOptions extends SchemaOptions {
  readonly structural: boolean;
  readonly hasStatus: boolean;
  /** The definition had defaults with unknown fields before. */
  readonly unprunedDefaults: boolean;
  /** Rules of a schema that an update leaves as it was may cost what they cost. */
  readonly anyRuleCost: boolean;
}

/** The schema of a version. Source: `validateCustomResourceDefinitionValidation`. */
export function validateRootSchema(
  holder: JsonObject | undefined,
  path: ValidationPath,
  options: RootOptions,
): readonly FieldError[] {
  const schema = objectAt(holder, 'openAPIV3Schema');
  if (schema === undefined) return NONE;
  const at = path.child('openAPIV3Schema');
  const errors: FieldError[] = options.hasStatus ? [...statusErrors(schema, at)] : [];
  if (isTrueAt(schema, 'nullable'))
    errors.push(forbidden(path.child('openAPIV3Schema.nullable'), 'nullable cannot be true at the root'));
  const problem = options.structural ? conversionProblem(schema) : undefined;
  const structural = options.structural && problem === undefined ? structuralErrors(schema, at, options) : [];
  errors.push(...structural);
  const faulty = new Set<JsonObject>();
  errors.push(...validateOpenApiSchema(schema, at, ROOT, { ...options, faulty }));
  if (problem !== undefined) return errors.length > 0 ? errors : [invalid(at, '', problem)];
  if (!options.structural || structural.length > 0) return errors;
  return [...errors, ...compiledRuleErrors(schema, at, { faulty, anyCost: options.anyRuleCost })];
}

function structuralErrors(schema: JsonObject, path: ValidationPath, options: RootOptions): readonly FieldError[] {
  const structural = validateStructural(schema, path);
  return structural.length > 0 ? structural : validateSchemaDefaults(schema, path, options.unprunedDefaults);
}

/** In the order and with the names of Go. */
const AT_ROOT: readonly (readonly [go: string, json: string])[] = [
  ['Description', 'description'],
  ['Type', 'type'],
  ['Format', 'format'],
  ['Title', 'title'],
  ['Maximum', 'maximum'],
  ['ExclusiveMaximum', 'exclusiveMaximum'],
  ['Minimum', 'minimum'],
  ['ExclusiveMinimum', 'exclusiveMinimum'],
  ['MaxLength', 'maxLength'],
  ['MinLength', 'minLength'],
  ['Pattern', 'pattern'],
  ['MaxItems', 'maxItems'],
  ['MinItems', 'minItems'],
  ['UniqueItems', 'uniqueItems'],
  ['MultipleOf', 'multipleOf'],
  ['Required', 'required'],
  ['Items', 'items'],
  ['Properties', 'properties'],
  ['ExternalDocs', 'externalDocs'],
  ['Example', 'example'],
  ['XPreserveUnknownFields', 'x-kubernetes-preserve-unknown-fields'],
  ['XValidations', 'x-kubernetes-validations'],
];
const BEFORE_TYPE = ['id', '$schema', '$ref'];

/** With a status subresource only fields are allowed that also hold when `status` is judged alone. */
function statusErrors(schema: JsonObject, path: ValidationPath): readonly FieldError[] {
  const names = AT_ROOT.map(([go]) => go).join(' ');
  const given = Object.keys(schema).filter((field) => isGiven(valueAt(schema, field)));
  const others = given.filter((field) => !AT_ROOT.some(([, json]) => json === field));
  const words = `only [${names}] fields are allowed at the root of the schema if the status subresource is enabled`;
  const type = textAt(schema, 'type');
  const isOther = others.some((field) => BEFORE_TYPE.includes(field));
  if (!isOther && type !== '' && type !== 'object') {
    const typeWords =
      'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
    return [invalid(path.child('type'), type, typeWords)];
  }
  return others.length === 0 ? NONE : [invalid(path, schema, words)];
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}

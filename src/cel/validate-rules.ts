import type { FieldError, FieldErrorReason } from '../apimachinery/field-error.ts';
import { invalid } from '../apimachinery/field-error.ts';
import { ValidationPath } from '../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, jsonEqual, objectAt, stringAt, valueAt } from '../base/json.ts';
import { evaluate } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { Program } from './compile.ts';
import type { CompiledRule } from './schema-rules.ts';
import { compileRules } from './schema-rules.ts';
import { schemaValue } from './schema-type.ts';
import type { Value } from './value.ts';
import { NONE, some } from './value.ts';

interface Place {
  readonly path: ValidationPath | undefined;
  readonly isRoot: boolean;
  /** Whether errors are let pass where the value is as it was. */
  readonly ratchets: boolean;
}

export interface RuleOptions {
  /** Where the value stands; undefined for a whole object. */
  readonly path?: ValidationPath;
  /** Whether the value is a resource itself, with apiVersion, kind and metadata. */
  readonly isRoot?: boolean;
  /** False where the value is judged as if it were new, though `old` is given. */
  readonly ratchets?: boolean;
}

/**
 * What the rules of `x-kubernetes-validations` refuse about a defaulted custom resource. `schema` is the structural schema
 * of its version, `old` the stored object on an update: rules that speak of `oldSelf` count only then, and what is unchanged
 * is let pass. What an evaluation may cost is bounded by steps, not weighed as the server does.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go `Validate`, 1.36.
 */
export function validateRules(
  schema: JsonObject,
  value: JsonValue,
  old?: JsonValue,
  { path, isRoot = true, ratchets = true }: RuleOptions = {},
): readonly FieldError[] {
  return rulesOf(schema, value, old, { path, isRoot, ratchets });
}

function rulesOf(
  schema: JsonObject,
  value: JsonValue,
  old: JsonValue | undefined,
  place: Place,
): readonly FieldError[] {
  if (value === null) return [];
  const isResource = place.isRoot || valueAt(schema, 'x-kubernetes-embedded-resource') === true;
  const own = compileRules(schema, isResource).flatMap((rule) =>
    ruleErrors(rule, schema, value, old, place, isResource),
  );
  return [...own, ...partsOf(schema, value, old, place)];
}

function partsOf(
  schema: JsonObject,
  value: JsonValue,
  old: JsonValue | undefined,
  { path, ratchets }: Place,
): readonly FieldError[] {
  const at = (part: ValidationPath): Place => ({ path: part, isRoot: false, ratchets });
  const items = objectAt(schema, 'items');
  if (Array.isArray(value) && items !== undefined)
    return (value as readonly JsonValue[]).flatMap((item, index) =>
      rulesOf(items, item, oldItem(schema, item, old), at((path ?? ValidationPath.of('')).index(index))),
    );
  if (!isJsonObject(value)) return [];
  const values = objectAt(schema, 'additionalProperties');
  return Object.entries(value).flatMap(([name, own]) => {
    const part = values ?? objectAt(schema, 'properties', name);
    if (part === undefined || own === undefined) return [];
    const key = values === undefined ? (path?.child(name) ?? ValidationPath.of(name)) : path!.key(name);
    return rulesOf(part, own, valueAt(old, name), at(key));
  });
}

/** Only items of lists with keys are known again. */
function oldItem(schema: JsonObject, item: JsonValue, old: JsonValue | undefined): JsonValue | undefined {
  if (valueAt(schema, 'x-kubernetes-list-type') !== 'map') return undefined;
  const keys = arrayAt(schema, 'x-kubernetes-list-map-keys').map(String);
  return arrayAt({ old: old ?? null }, 'old').find((other) =>
    keys.every((key) => jsonEqual(valueAt(other, key) ?? null, valueAt(item, key) ?? null)),
  );
}

function ruleErrors(
  compiled: CompiledRule,
  schema: JsonObject,
  value: JsonValue,
  old: JsonValue | undefined,
  { path, isRoot, ratchets }: Place,
  isResource: boolean,
): readonly FieldError[] {
  const { rule, program, usesOldSelf, error } = compiled;
  const here = path ?? ValidationPath.of('<nil>');
  const type = stringAt(schema, 'type') ?? '';
  if (program === undefined) return error === undefined ? [] : [invalid(here, type, `rule compile error: ${error}`)];
  const isOptional = valueAt(rule, 'optionalOldSelf') === true;
  if (usesOldSelf && (old ?? null) === null && !isOptional) return [];
  const self = schemaValue(value, schema, isResource);
  const before = old === undefined || old === null ? undefined : schemaValue(old, schema, isResource);
  const oldSelf = isOptional ? (before === undefined ? NONE : some(before)) : before;
  const result = run(program, self, oldSelf);
  if (typeof result !== 'boolean' && result instanceof EvaluationError)
    return [invalid(here, type, evaluationWords(result.message, ruleText(rule)))];
  if (result === true) return [];
  const isUnchanged = ratchets && !isRoot && old !== undefined && jsonEqual(value, old);
  if (isUnchanged && !usesOldSelf) return [];
  const detail = messageOf(compiled, self, oldSelf) ?? defaultMessage(rule);
  const field = stringAt(rule, 'fieldPath') ?? '';
  return [refusal(field === '' ? here : fieldBelow(path, field), shownValue(value, type), detail, rule)];
}

function run(program: Program, self: Value, oldSelf: Value | undefined): Value | EvaluationError {
  try {
    return evaluate(program.expression, (name) => (name === 'self' ? self : name === 'oldSelf' ? oldSelf : undefined))
      .value;
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

const ruleText = (rule: JsonValue): string =>
  (stringAt(rule, 'message') ?? '') === '' ? (stringAt(rule, 'rule') ?? '').trim() : stringAt(rule, 'message')!.trim();

const defaultMessage = (rule: JsonValue): string =>
  (stringAt(rule, 'message') ?? '') === '' ? `failed rule: ${ruleText(rule)}` : ruleText(rule);

function evaluationWords(problem: string, rule: string): string {
  if (problem.startsWith('no such overload'))
    return `'${problem}': call arguments did not match a supported operator, function or macro signature for rule: ${rule}`;
  if (problem.startsWith('operation cancelled'))
    return `'${problem}': no further validation rules will be run due to call cost exceeds limit for rule: ${rule}`;
  return `${problem} evaluating rule: ${rule}`;
}

/** Bytes that a message of an expression may have. Source: pkg/apis/cel/config.go, 1.36. */
const MAX_MESSAGE = 5 * 1024;

function messageOf({ messageProgram }: CompiledRule, self: Value, oldSelf: Value | undefined): string | undefined {
  const message = messageProgram === undefined ? undefined : run(messageProgram, self, oldSelf);
  const text = typeof message === 'string' ? message.trim() : '';
  return text === '' || /[\n\r]/.test(text) || text.length > MAX_MESSAGE ? undefined : text;
}

function shownValue(value: JsonValue, type: string): JsonValue | undefined {
  return type === 'object' || type === 'array' ? undefined : value;
}

function fieldBelow(path: ValidationPath | undefined, field: string): ValidationPath {
  const steps = field.replace(/^\./, '');
  return path === undefined ? ValidationPath.of(steps) : path.child(steps);
}

function refusal(path: ValidationPath, badValue: JsonValue | undefined, detail: string, rule: JsonValue): FieldError {
  const reason = (stringAt(rule, 'reason') ?? 'FieldValueInvalid') as FieldErrorReason;
  return { reason, path, detail, ...(badValue === undefined ? {} : { badValue }) };
}

import type { FieldError } from '../apimachinery/field-error.ts';
import { invalid } from '../apimachinery/field-error.ts';
import { ValidationPath } from '../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, isJsonObject, jsonEqual, objectAt, stringAt, valueAt } from '../base/json.ts';
import { RUNTIME_COST_BUDGET } from './cost/limits.ts';
import type { Evaluated } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { Program } from './compile.ts';
import { defaultMessage, evaluationWords, messageOf, refusal } from './rule-messages.ts';
import type { CompiledRule } from './schema-rules.ts';
import { compileRules, hasRules, isTyped } from './schema-rules.ts';
import { schemaValue } from './schema-type.ts';
import type { Outcome } from './value.ts';
import { NONE, some } from './value.ts';

/** A value of an update beside the old value at the same place. */
export interface Correlation {
  readonly isUnchanged: boolean;
  field(name: string): Correlation | undefined;
  index(index: number): Correlation | undefined;
}

/** The value's own correlation, and that of the nearest value around it that has one. */
interface Ratchet {
  readonly current?: Correlation | undefined;
  readonly parent?: Correlation | undefined;
}

export interface RuleOptions {
  /** Where the value stands; undefined for a whole object. */
  readonly path?: ValidationPath;
  /** Whether the value is a resource itself, with apiVersion, kind and metadata. */
  readonly isRoot?: boolean;
  /** Of an update: errors are let pass where the value is as it was. */
  readonly correlated?: Correlation | undefined;
  /** Units of cost that all rules together may take. */
  readonly budget?: number;
}

/**
 * What the rules of `x-kubernetes-validations` refuse about a defaulted custom resource. `schema` is the structural schema
 * of its version, `old` the stored object on an update: rules that speak of `oldSelf` count only then.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go `Validate`, 1.36.
 */
export function validateRules(
  schema: JsonObject,
  value: JsonValue,
  old?: JsonValue,
  { path, isRoot = true, correlated, budget = RUNTIME_COST_BUDGET }: RuleOptions = {},
): readonly FieldError[] {
  const validation = new RuleValidation(budget);
  validation.validate({ rules: schema, schema, value, old, path, isRoot, ratchet: { current: correlated } });
  return validation.errors;
}

interface Place {
  /** What holds the rules: the schema itself, or one of its `allOf`. */
  readonly rules: JsonObject;
  readonly schema: JsonObject;
  readonly value: JsonValue;
  readonly old: JsonValue | undefined;
  readonly path: ValidationPath | undefined;
  readonly isRoot: boolean;
  readonly ratchet: Ratchet;
}

const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run';

class RuleValidation {
  readonly errors: FieldError[] = [];
  /** Below zero nothing more is looked at. */
  private left: number;

  constructor(budget: number) {
    this.left = budget;
  }

  validate(place: Place): void {
    const { rules, value, ratchet } = place;
    if (value === null || this.left < 0 || !hasRules(rules)) return;
    this.validateOwn(place);
    // What `allOf` refuses is never let pass for being as it was, unless all around it is.
    for (const clause of arrayAt(rules, 'allOf'))
      if (isJsonObject(clause)) this.validate({ ...place, rules: clause, ratchet: { parent: ratchet.parent } });
    if (Array.isArray(value)) this.validateItems(place, value as readonly JsonValue[]);
    else if (isJsonObject(value)) this.validateFields(place, value);
  }

  private validateItems({ rules, schema, old, path, ratchet }: Place, list: readonly JsonValue[]): void {
    const [ruled, items] = [objectAt(rules, 'items'), objectAt(schema, 'items')];
    if (ruled === undefined || items === undefined) return;
    list.forEach((value, index) => {
      const at = (path ?? ValidationPath.of('')).index(index);
      const next = ratchet.current === undefined ? ratchet : below(ratchet, ratchet.current.index(index));
      const before = oldItem(schema, value, old);
      this.validate({ rules: ruled, schema: items, value, old: before, path: at, isRoot: false, ratchet: next });
    });
  }

  private validateFields({ rules, schema, old, path, ratchet }: Place, object: JsonObject): void {
    const [ruled, values] = [objectAt(rules, 'additionalProperties'), objectAt(schema, 'additionalProperties')];
    for (const [name, value] of Object.entries(object)) {
      if (value === undefined) continue;
      const next = fieldBelow(ratchet, name);
      const at = { value, old: valueAt(old, name), isRoot: false, ratchet: next };
      if (ruled !== undefined && values !== undefined)
        this.validate({ ...at, rules: ruled, schema: values, path: (path ?? ValidationPath.of('')).key(name) });
      const [ruledField, field] = [objectAt(rules, 'properties', name), objectAt(schema, 'properties', name)];
      // Of fields whose type is not known nothing is looked at.
      if (ruledField !== undefined && field !== undefined && isTyped(field))
        this.validate({
          ...at,
          rules: ruledField,
          schema: field,
          path: path?.child(name) ?? ValidationPath.of(name),
        });
    }
  }

  private validateOwn(place: Place): void {
    const { rules, schema, value, old, path, isRoot } = place;
    const isResource = isRoot || valueAt(schema, 'x-kubernetes-embedded-resource') === true;
    const compiled = compileRules(rules, schema, isResource);
    const here = path ?? ValidationPath.of('<nil>');
    const type = stringAt(schema, 'type') ?? '';
    const refuse = (words: string): void => void this.errors.push(invalid(here, type, words));
    if (compiled === undefined)
      return refuse('rule compiler initialization error: failed to convert to declType for CEL validation rules');
    if (compiled.length > 0 && this.left <= 0) {
      this.left = -1;
      return refuse(OUT_OF_BUDGET);
    }
    if (compiled.length === 0) return;
    const self = schemaValue(value, schema, isResource);
    const before = (old ?? null) === null ? undefined : schemaValue(old ?? null, schema, isResource);
    for (const one of compiled) {
      if (this.left < 0) return;
      if (one.error !== undefined) refuse(`rule compile error: ${one.error}`);
      else this.validateRule(one, place, self, before);
    }
  }

  private validateRule(compiled: CompiledRule, place: Place, self: Outcome, before: Outcome | undefined): void {
    const { rule, program, usesOldSelf } = compiled;
    if (program === undefined) return;
    const isOptional = valueAt(rule, 'optionalOldSelf') === true;
    if (usesOldSelf && before === undefined && !isOptional) return;
    const here = place.path ?? ValidationPath.of('<nil>');
    const type = stringAt(place.schema, 'type') ?? '';
    const oldSelf = isOptional ? optionalOf(before) : before;
    const { value, cost } = run(program, self, oldSelf);
    if (!this.spend(cost)) return void this.errors.push(invalid(here, type, OUT_OF_BUDGET));
    if (value === true) return;
    if (value instanceof EvaluationError) {
      this.errors.push(invalid(here, type, evaluationWords(value.message, rule)));
      if (value.message.startsWith('operation cancelled')) this.left = -1;
      return;
    }
    const field = stringAt(rule, 'fieldPath') ?? '';
    const at = field === '' ? here : pathBelow(place.path, field);
    const isLetPass = !usesOldSelf && isUnchanged(place.ratchet);
    const message = this.message(compiled, self, before);
    if ('failure' in message) {
      if (!isLetPass) this.errors.push(invalid(at, type, message.failure));
      this.left = -1;
      return;
    }
    const shown = type === 'object' || type === 'array' ? undefined : place.value;
    if (!isLetPass) this.errors.push(refusal(at, shown, message.text ?? defaultMessage(rule), rule));
  }

  /** False where the budget does not suffice. */
  private spend(cost: number): boolean {
    this.left = cost > this.left ? -1 : this.left - cost;
    return this.left >= 0;
  }

  private message({ messageProgram, rule }: CompiledRule, self: Outcome, before: Outcome | undefined) {
    if (messageProgram === undefined) return {};
    const { value, cost } = run(messageProgram, self, before);
    return messageOf(value, this.spend(cost), stringAt(rule, 'messageExpression') ?? '');
  }
}

function run(program: Program, self: Outcome, oldSelf: Outcome | undefined): Evaluated {
  return evaluate(program, (name) => (name === 'self' ? self : name === 'oldSelf' ? oldSelf : undefined));
}

const optionalOf = (value: Outcome | undefined): Outcome =>
  value === undefined ? NONE : value instanceof EvaluationError ? value : some(value);

const below = ({ current }: Ratchet, child: Correlation | undefined): Ratchet => ({ current: child, parent: current });

/** Changes of the two fields that conversion makes equal are not told from others. */
function fieldBelow(ratchet: Ratchet, name: string): Ratchet {
  const { current, parent } = ratchet;
  if (current === undefined) return ratchet;
  if (parent === undefined && (name === 'apiVersion' || name === 'kind')) return {};
  return below(ratchet, current.field(name));
}

const isUnchanged = ({ current, parent }: Ratchet): boolean => (current ?? parent)?.isUnchanged === true;

/** Only items of lists with keys are known again. */
function oldItem(schema: JsonObject, item: JsonValue, old: JsonValue | undefined): JsonValue | undefined {
  if (valueAt(schema, 'x-kubernetes-list-type') !== 'map') return undefined;
  const keys = arrayAt(schema, 'x-kubernetes-list-map-keys').map(String);
  return arrayAt({ old: old ?? null }, 'old').find((other) =>
    keys.every((key) => jsonEqual(valueAt(other, key) ?? null, valueAt(item, key) ?? null)),
  );
}

function pathBelow(path: ValidationPath | undefined, field: string): ValidationPath {
  const steps = field.replace(/^\./, '');
  return path === undefined ? ValidationPath.of(steps) : path.child(steps);
}

import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { CompiledRule } from '../../cel/schema-rules.ts';
import { compileRules, mostValues } from '../../cel/schema-rules.ts';
import { textAt } from '../shared/validation/fields.ts';
import { schemaField, schemaMap } from './json-schema.ts';

/** In the server's units. Source: the same file, `StaticEstimatedCostLimit`, `StaticEstimatedCRDCostLimit`. */
const MOST_FOR_RULE = 10_000_000;
const MOST_FOR_ALL = 100_000_000;
const SHOWN_OF_ALL = 4;

interface Place {
  readonly path: ValidationPath;
  readonly isRoot: boolean;
  /** The first part above of which values of before and after cannot be told to be the same. */
  readonly uncorrelatable: ValidationPath | undefined;
  /** How often there can be a value of the schema; undefined where nothing limits it. */
  readonly count: number | undefined;
}

interface RuleCost {
  readonly path: ValidationPath;
  readonly cost: number;
}

interface Options {
  /** Schemas that have another error in them or below: their rules are not looked at. */
  readonly faulty: ReadonlySet<JsonObject>;
  /** Whether a single rule may cost anything. */
  readonly anyCost: boolean;
}

/**
 * What the expressions of `x-kubernetes-validations` are refused for, in a structural schema: what does not compile, and
 * what may cost too much.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
 * `ValidateCustomResourceDefinitionOpenAPISchema`, 1.36.
 */
export function compiledRuleErrors(schema: JsonObject, path: ValidationPath, options: Options): readonly FieldError[] {
  const costs: RuleCost[] = [];
  const errors = schemaErrors(schema, { path, isRoot: true, uncorrelatable: undefined, count: 1 }, options, costs);
  return [...errors, ...totalErrors(costs, path)];
}

function totalErrors(costs: readonly RuleCost[], path: ValidationPath): readonly FieldError[] {
  const total = costs.reduce((sum, { cost }) => sum + cost, 0);
  if (total <= MOST_FOR_ALL) return [];
  const dearest = costs.filter(({ cost }) => cost >= MOST_FOR_ALL / 100).toSorted((a, b) => b.cost - a.cost);
  return [
    ...dearest
      .slice(0, SHOWN_OF_ALL)
      .map((one) =>
        forbidden(
          one.path,
          'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema',
        ),
      ),
    forbidden(
      path,
      tooDear('x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema', total, MOST_FOR_ALL),
    ),
  ];
}

function tooDear(what: string, cost: number, most: number): string {
  const times = cost / most;
  const factor = times > 100 ? 'more than 100x' : `${times.toFixed(times < 1.5 ? 6 : 1)}x`;
  return `${what} exceeds budget by factor of ${factor} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}

function schemaErrors(schema: JsonObject, place: Place, options: Options, costs: RuleCost[]): readonly FieldError[] {
  const { path, isRoot, uncorrelatable, count } = place;
  const isResource = isRoot || valueAt(schema, 'x-kubernetes-embedded-resource') === true;
  const inList = valueAt(schema, 'x-kubernetes-list-type') === 'map' ? uncorrelatable : (uncorrelatable ?? path);
  const isKnownMap = [undefined, 'granular', 'atomic'].includes(stringAt(schema, 'x-kubernetes-map-type'));
  const inMap = isKnownMap ? uncorrelatable : (uncorrelatable ?? path);
  const below = { isRoot: false, uncorrelatable, count: count === undefined ? undefined : countBelow(schema, count) };
  return [
    ...schemaField(schema, 'additionalProperties', path).flatMap((child) =>
      schemaErrors(child.schema, { ...below, path: child.path }, options, costs),
    ),
    ...schemaMap(schema, 'properties', path).flatMap((child) =>
      schemaErrors(child.schema, { ...below, path: child.path, uncorrelatable: inMap }, options, costs),
    ),
    ...schemaField(schema, 'items', path).flatMap((child) =>
      schemaErrors(child.schema, { ...below, path: child.path, uncorrelatable: inList }, options, costs),
    ),
    ...(options.faulty.has(schema) ? [] : (compileRules(schema, schema, isResource) ?? [])).flatMap(
      (compiled, index) => {
        const at = path.child('x-kubernetes-validations').index(index);
        const dear = costErrors(compiled, at, count ?? mostValues(schema, isResource), costs);
        return [...(options.anyCost ? [] : dear), ...ruleErrors(compiled, at, uncorrelatable)];
      },
    ),
  ];
}

/** How often there can be a part of the schema. Source: cel_validation.go, `extractMaxElements`. */
function countBelow(schema: JsonObject, count: number): number | undefined {
  const type = stringAt(schema, 'type');
  const isMap = type === 'object' && objectAt(schema, 'additionalProperties') !== undefined;
  if (!isMap && type !== 'array') return count;
  const most = valueAt(schema, isMap ? 'maxProperties' : 'maxItems');
  return typeof most === 'number' ? count * Math.max(0, most) : undefined;
}

function costErrors(
  { cost, messageCost }: CompiledRule,
  path: ValidationPath,
  count: number,
  costs: RuleCost[],
): readonly FieldError[] {
  const own = cost * count;
  costs.push({ path: path.child('rule'), cost: own }, { path: path.child('messageExpression'), cost: messageCost });
  return [
    ...(own > MOST_FOR_RULE ? [forbidden(path.child('rule'), tooDear('estimated rule cost', own, MOST_FOR_RULE))] : []),
    ...(messageCost > MOST_FOR_RULE
      ? [
          forbidden(
            path.child('messageExpression'),
            tooDear('estimated messageExpression cost', messageCost, MOST_FOR_RULE),
          ),
        ]
      : []),
  ];
}

function ruleErrors(
  { rule, error, messageError, usesOldSelf }: CompiledRule,
  path: ValidationPath,
  uncorrelatable: ValidationPath | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (error !== undefined) errors.push(invalid(path.child('rule'), shownRule(rule), error));
  if (messageError !== undefined) errors.push(invalid(path.child('messageExpression'), shownRule(rule), messageError));
  const optionalOldSelf = valueAt(rule, 'optionalOldSelf');
  if (usesOldSelf && uncorrelatable !== undefined) {
    const words = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable.toString()}`;
    errors.push(invalid(path.child('rule'), textAt(rule, 'rule'), words));
  } else if (!usesOldSelf && typeof optionalOldSelf === 'boolean')
    errors.push(
      invalid(path.child('optionalOldSelf'), optionalOldSelf, 'may not be set if oldSelf is not used in rule'),
    );
  return errors;
}

/** The rule as the server prints it: an internal type with Go's names. */
function shownRule(rule: JsonValue): JsonObject {
  return {
    Rule: textAt(rule, 'rule'),
    Message: textAt(rule, 'message'),
    MessageExpression: textAt(rule, 'messageExpression'),
    Reason: stringAt(rule, 'reason') ?? null,
    FieldPath: textAt(rule, 'fieldPath'),
    OptionalOldSelf: valueAt(rule, 'optionalOldSelf') ?? null,
  };
}

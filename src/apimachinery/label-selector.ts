import { compareStrings } from '../base/compare.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, asObject, asString, isJsonObject, step, stringAt, valueAt } from '../base/json.ts';
import { formatRequirement, isMet, matchesRequirement, validateRequirement } from './label-requirement.ts';
import type { LabelOperator, LabelRequirement } from './label-requirement.ts';
import { quoteString } from './quoted-string.ts';

/**
 * Conditions on labels, all of which must hold. Source: staging/src/k8s.io/apimachinery/pkg/labels/selector.go and
 * pkg/apis/meta/v1/helpers.go, 1.36.
 *
 * A selector without conditions selects everything. That differs from no selector at all: a missing (nil)
 * `metav1.LabelSelector` selects nothing and reads as `NOTHING`. Where a plain map selects (Service,
 * ReplicationController), a missing and an empty map read the same, as a selector of everything; a Service without
 * selector nevertheless selects no Pod, which the caller decides (`isEmptySelector`).
 *
 * A malformed selector carries its reasons in `invalid` and selects nothing.
 */
export interface LabelSelector {
  /** Sorted by key. */
  readonly requirements: readonly LabelRequirement[];
  readonly nothing?: true;
  readonly invalid?: readonly string[];
}

export const EVERYTHING: LabelSelector = Object.freeze({ requirements: Object.freeze([]) });
export const NOTHING: LabelSelector = Object.freeze({ requirements: Object.freeze([]), nothing: true });

/** Whether labels meet every condition. */
export function matchesLabels(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  if (selector.nothing || selector.invalid) return false;
  return selector.requirements.every((requirement) => matchesRequirement(requirement, labels));
}

/** Whether the labels of an object meet every condition; asked of every Pod of a large owner at every change of one. */
export function selectsObject(selector: LabelSelector, object: JsonObject): boolean {
  if (selector.nothing || selector.invalid) return false;
  const labels = step(step(object, 'metadata'), 'labels');
  for (const requirement of selector.requirements)
    if (!isMet(requirement, asString(step(labels, requirement.key)))) return false;
  return true;
}

/** Whether the selector has no conditions, so that it selects everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return selector.requirements.length === 0 && !selector.nothing && !selector.invalid;
}

/** The value that a label must have for the selector to match, where the first condition on it allows just one. */
export function exactMatch(selector: LabelSelector, key: string): string | undefined {
  const requirement = selector.requirements.find((candidate) => candidate.key === key);
  return requirement?.operator === 'In' && requirement.values.length === 1 ? requirement.values[0] : undefined;
}

/** The string form, which `parseLabelSelectorString` reads: `a=b,e in (x,y),!f`; empty for everything and for nothing. */
export function labelSelectorString(selector: LabelSelector): string {
  return selector.requirements.map(formatRequirement).join(',');
}

/** As kubectl shows a selector: `<none>` for everything and nothing, `<error>` for a malformed one. */
export function formatLabelSelector(selector: LabelSelector): string {
  if (selector.invalid) return '<error>';
  return labelSelectorString(selector) || '<none>';
}

/** A selector of the given conditions, sorted by key; malformed ones make it invalid. */
export function labelSelectorOf(requirements: readonly LabelRequirement[]): LabelSelector {
  const invalid = requirements.flatMap(validateRequirement);
  return selectorWith(requirements, invalid);
}

function selectorWith(requirements: readonly LabelRequirement[], invalid: readonly string[]): LabelSelector {
  const sorted = [...requirements].sort((a, b) => compareStrings(a.key, b.key));
  return invalid.length > 0 ? { requirements: sorted, invalid } : { requirements: sorted };
}

/** Reads a `metav1.LabelSelector`: `matchLabels` and `matchExpressions`. */
export function parseLabelSelector(value: JsonValue | undefined): LabelSelector {
  if (value === undefined || value === null) return NOTHING;
  if (!isJsonObject(value)) return { requirements: [], invalid: ['must be an object'] };
  const labels = readMap(valueAt(value, 'matchLabels'), 'matchLabels');
  const expressions = readExpressions(valueAt(value, 'matchExpressions'));
  const requirements = [...labels.requirements, ...expressions.requirements];
  if (requirements.length + labels.invalid.length + expressions.invalid.length === 0) return EVERYTHING;
  const refused = requirements.flatMap(validateRequirement);
  return selectorWith(requirements, [...labels.invalid, ...expressions.invalid, ...refused]);
}

/** Reads a plain map of labels (`spec.selector` of a Service); keys and values are not checked, as upstream does not. */
export function labelSelectorFromMap(value: JsonValue | undefined): LabelSelector {
  const { requirements, invalid } = readMap(value, 'selector');
  return selectorWith(requirements, invalid);
}

interface Read {
  readonly requirements: readonly LabelRequirement[];
  readonly invalid: readonly string[];
}

function readMap(value: JsonValue | undefined, field: string): Read {
  if (value === undefined || value === null) return { requirements: [], invalid: [] };
  const map = asObject(value);
  if (!map) return { requirements: [], invalid: [`${field}: must be a map of strings`] };
  const requirements: LabelRequirement[] = [];
  const invalid: string[] = [];
  for (const key of Object.keys(map)) {
    // A null in a map of strings decodes as the empty string.
    const entry = map[key] === null ? '' : map[key];
    if (typeof entry === 'string') requirements.push({ key, operator: 'In', values: [entry], sign: '=' });
    else invalid.push(`${field}[${key}]: must be a string`);
  }
  return { requirements, invalid };
}

function readExpressions(value: JsonValue | undefined): Read {
  if (value === undefined || value === null) return { requirements: [], invalid: [] };
  if (!Array.isArray(value)) return { requirements: [], invalid: ['matchExpressions: must be a list'] };
  const requirements: LabelRequirement[] = [];
  const invalid: string[] = [];
  (value as readonly JsonValue[]).forEach((expression, index) => {
    const read = readExpression(expression);
    if (typeof read === 'string') invalid.push(`matchExpressions[${index}]${read}`);
    else requirements.push(read);
  });
  return { requirements, invalid };
}

const OPERATORS: ReadonlyMap<string, LabelOperator> = new Map([
  ['In', 'In'],
  ['NotIn', 'NotIn'],
  ['Exists', 'Exists'],
  ['DoesNotExist', 'DoesNotExist'],
]);

function readExpression(expression: JsonValue): LabelRequirement | string {
  if (!isJsonObject(expression)) return ': must be an object';
  const written = stringAt(expression, 'operator') ?? '';
  const operator = OPERATORS.get(written);
  if (!operator) return `.operator: ${quoteString(written)} is not a valid label selector operator`;
  const given = valueAt(expression, 'values');
  if (given !== undefined && given !== null && !Array.isArray(given)) return '.values: must be a list of strings';
  const values = arrayAt(expression, 'values').map(asString);
  if (values.some((entry) => entry === undefined)) return '.values: must be a list of strings';
  return { key: stringAt(expression, 'key') ?? '', operator, values: values as readonly string[] };
}

import type { JsonValue } from '../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt, valueAt } from '../base/json.ts';
import { validateRequirement } from './label-requirement.ts';
import type { LabelOperator, LabelRequirement } from './label-requirement.ts';
import type { LabelSelector } from './label-selector.ts';
import { EVERYTHING, NOTHING, labelSelectorFromMap, matchesLabels } from './label-selector.ts';
import { quoteString } from './quoted-string.ts';

/**
 * Which Nodes a Pod may run on, or a volume is reachable from.
 * Source: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go, 1.36.
 */
export interface NodeSelector {
  /** A Node is selected when any term matches it; no term selects none. Empty terms are left out. */
  readonly terms: readonly NodeSelectorTerm[];
}

/** Matches when labels and fields match. A malformed term carries its reasons and matches no Node. */
export interface NodeSelectorTerm {
  readonly labels: LabelSelector;
  /** On fields of the Node; the only one there is `metadata.name`. */
  readonly fields?: LabelSelector;
  readonly invalid?: readonly string[];
}

/** What a Node is selected by. */
export interface SelectableNode {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** Reads a `core/v1 NodeSelector`; `path` stands before the fields in the reasons. */
export function parseNodeSelector(value: JsonValue | undefined, path = ''): NodeSelector {
  const list = child(path, 'nodeSelectorTerms');
  return { terms: arrayAt(value, 'nodeSelectorTerms').flatMap((term, index) => readTerm(term, `${list}[${index}]`)) };
}

/** Reads one term; none when it is empty, because an empty term selects no Node. */
function readTerm(value: JsonValue | undefined, path: string): readonly NodeSelectorTerm[] {
  const expressions = arrayAt(value, 'matchExpressions');
  const fieldExpressions = arrayAt(value, 'matchFields');
  if (expressions.length + fieldExpressions.length === 0) return [];
  const labels = expressions.length > 0 ? readLabels(expressions, child(path, 'matchExpressions')) : EVERYTHING;
  const fields = fieldExpressions.length > 0 ? readFields(fieldExpressions, child(path, 'matchFields')) : undefined;
  const invalid = [...(labels.invalid ?? []), ...(fields?.invalid ?? [])];
  const term = fields ? { labels, fields } : { labels };
  return [invalid.length > 0 ? { ...term, invalid } : term];
}

function child(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

const LABEL_OPERATORS: readonly LabelOperator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];
const FIELD_OPERATORS: readonly LabelOperator[] = ['In', 'NotIn'];

/** Reads requirements on labels, as in `matchExpressions`; no requirement selects nothing. */
export function readLabels(expressions: readonly JsonValue[], path: string): LabelSelector {
  if (expressions.length === 0) return NOTHING;
  return readRequirements(expressions, path, LABEL_OPERATORS, validateRequirement);
}

/** Reads requirements on fields, as in `matchFields`; each has exactly one value. */
function readFields(expressions: readonly JsonValue[], path: string): LabelSelector {
  return readRequirements(expressions, path, FIELD_OPERATORS, ({ values }) =>
    values.length === 1 ? [] : [`values: Invalid value: ${JSON.stringify(values)}: must have one element`],
  );
}

function readRequirements(
  expressions: readonly JsonValue[],
  path: string,
  operators: readonly LabelOperator[],
  validate: (requirement: LabelRequirement) => readonly string[],
): LabelSelector {
  const requirements: LabelRequirement[] = [];
  const invalid: string[] = [];
  expressions.forEach((expression, index) => {
    const read = readRequirement(expression, operators);
    const reasons = typeof read === 'string' ? [read] : validate(read);
    invalid.push(...reasons.map((reason) => `${path}[${index}].${reason}`));
    if (typeof read !== 'string') requirements.push(read);
  });
  return invalid.length > 0 ? { requirements, invalid } : { requirements };
}

function readRequirement(expression: JsonValue, operators: readonly LabelOperator[]): LabelRequirement | string {
  const written = stringAt(expression, 'operator') ?? '';
  const operator = operators.find((candidate) => candidate === written);
  if (!operator) {
    const supported = operators.map(quoteString).join(', ');
    return `operator: Unsupported value: ${quoteString(written)}: supported values: ${supported}`;
  }
  const values = arrayAt(expression, 'values');
  const strings = values.filter((value) => typeof value === 'string');
  if (strings.length < values.length) return 'values: must be a list of strings';
  return { key: stringAt(expression, 'key') ?? '', operator, values: strings };
}

/** Whether any term matches the Node. Malformed terms match none, and do not stop the others. */
export function matchesNodeSelector(selector: NodeSelector, node: SelectableNode | undefined): boolean {
  return node !== undefined && selector.terms.some((term) => matchesTerm(term, node));
}

/** Whether a term matches the Node; a Node without a name matches on labels alone. */
export function matchesTerm({ labels, fields, invalid }: NodeSelectorTerm, node: SelectableNode): boolean {
  if (invalid || !matchesLabels(labels, node.labels)) return false;
  if (!fields || node.name === '') return true;
  return fields.requirements.every(({ key, operator, values }) => {
    const value = key === 'metadata.name' ? node.name : '';
    return values.includes(value) === (operator === 'In');
  });
}

/** The reasons why terms are malformed, in order. */
export function nodeSelectorProblems(selector: NodeSelector): readonly string[] {
  return selector.terms.flatMap(({ invalid }) => invalid ?? []);
}

export interface PreferredSchedulingTerm {
  readonly weight: number;
  readonly term: NodeSelectorTerm;
}

/** Reads `preferredDuringSchedulingIgnoredDuringExecution` of a node affinity; terms without weight are left out. */
export function parsePreferredSchedulingTerms(
  value: JsonValue | undefined,
  path = '',
): readonly PreferredSchedulingTerm[] {
  return arrayAt(value).flatMap((entry, index) => {
    const weight = numberAt(entry, 'weight') ?? 0;
    if (weight === 0) return [];
    return readTerm(valueAt(entry, 'preference'), `${path}[${index}]`).map((term) => ({ weight, term }));
  });
}

/** The sum of the weights of the terms that match the Node. */
export function preferenceScore(terms: readonly PreferredSchedulingTerm[], node: SelectableNode): number {
  return terms.reduce((score, { weight, term }) => (matchesTerm(term, node) ? score + weight : score), 0);
}

/** What a Pod demands of its Node: `nodeSelector` and the required node affinity, both of which must hold. */
export interface RequiredNodeAffinity {
  readonly labels?: LabelSelector;
  readonly affinity?: NodeSelector;
}

/** Reads the demands of a Pod spec. */
export function requiredNodeAffinity(podSpec: JsonValue | undefined): RequiredNodeAffinity {
  const map = objectAt(podSpec, 'nodeSelector');
  const required = valueAt(podSpec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return {
    ...(map && Object.keys(map).length > 0 ? { labels: labelSelectorFromMap(map) } : {}),
    ...(required === undefined || required === null ? {} : { affinity: parseNodeSelector(required) }),
  };
}

export function matchesRequiredNodeAffinity(required: RequiredNodeAffinity, node: SelectableNode): boolean {
  if (required.labels && !matchesLabels(required.labels, node.labels)) return false;
  return !required.affinity || matchesNodeSelector(required.affinity, node);
}

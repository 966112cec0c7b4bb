import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required, tooMany } from '../../../apimachinery/field-error.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asArray, stringAt, valueAt } from '../../../base/json.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt } from '../validation/fields.ts';
import { validateQualifiedName } from '../validation/messages.ts';
import { shownPointer } from '../validation/shown-values.ts';

const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;
const MAX_CONDITION_PATTERNS = 20;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

/** Source: pkg/apis/batch/validation/validation.go `validatePodFailurePolicy`, 1.36. */
export function validatePodFailurePolicy(spec: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const rules = arrayAt(spec, 'podFailurePolicy', 'rules');
  const rulesPath = path.child('rules');
  const podSpec = valueAt(spec, 'template', 'spec');
  const containers = [...arrayAt(podSpec, 'containers'), ...arrayAt(podSpec, 'initContainers')];
  const context = {
    containerNames: new Set(containers.map((container) => textAt(container, 'name'))),
    perIndex: optionalIntegerAt(spec, 'backoffLimitPerIndex') !== undefined,
  };
  return [
    ...(rules.length > MAX_RULES ? [tooMany(rulesPath, rules.length, MAX_RULES)] : NONE),
    ...rules.flatMap((rule, index) => validateRule(rule, rulesPath.index(index), context)),
  ];
}

interface RuleContext {
  readonly containerNames: ReadonlySet<string>;
  /** Whether the Job counts failures of each index. */
  readonly perIndex: boolean;
}

function validateRule(rule: JsonValue, path: ValidationPath, context: RuleContext): readonly FieldError[] {
  const onExitCodes = pointerAt(rule, 'onExitCodes');
  const onPodConditions = arrayAt(rule, 'onPodConditions');
  const errors: FieldError[] = [...validateAction(textAt(rule, 'action'), path.child('action'), context)];
  if (onExitCodes !== undefined) errors.push(...validateExitCodes(onExitCodes, path.child('onExitCodes'), context));
  errors.push(...validateConditions(onPodConditions, path.child('onPodConditions')));
  if (onExitCodes !== undefined && onPodConditions.length > 0) {
    errors.push(invalidRule(path, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  }
  if (onExitCodes === undefined && onPodConditions.length === 0) {
    errors.push(invalidRule(path, 'specifying one of OnExitCodes and OnPodConditions is required'));
  }
  return errors;
}

/** The server does not print the rule. */
function invalidRule(path: ValidationPath, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', path, detail };
}

function validateAction(action: string, path: ValidationPath, { perIndex }: RuleContext): readonly FieldError[] {
  if (action !== 'FailIndex') return validateChoice(action, path, ACTIONS);
  return perIndex ? NONE : [invalid(path, action, 'requires the backoffLimitPerIndex to be set')];
}

function validateChoice(value: string, path: ValidationPath, choices: readonly string[]): readonly FieldError[] {
  if (value === '')
    return [required(path, `valid values: [${choices.map((choice) => quoteString(choice)).join(' ')}]`)];
  return choices.includes(value) ? NONE : [notSupported(path, value, choices)];
}

function validateConditions(patterns: readonly JsonValue[], path: ValidationPath): readonly FieldError[] {
  return [
    ...(patterns.length > MAX_CONDITION_PATTERNS ? [tooMany(path, patterns.length, MAX_CONDITION_PATTERNS)] : NONE),
    ...patterns.flatMap((pattern, index) => [
      ...validateQualifiedName(textAt(pattern, 'type'), path.index(index).child('type')),
      ...validateChoice(textAt(pattern, 'status'), path.index(index).child('status'), STATUSES),
    ]),
  ];
}

function validateExitCodes(
  onExitCodes: JsonValue,
  path: ValidationPath,
  { containerNames }: RuleContext,
): readonly FieldError[] {
  const container = stringAt(onExitCodes, 'containerName');
  const operator = textAt(onExitCodes, 'operator');
  const containerPath = path.child('containerName');
  return [
    ...validateChoice(operator, path.child('operator'), OPERATORS),
    ...(container === undefined || containerNames.has(container)
      ? NONE
      : [invalid(containerPath, container, 'must be one of the container or initContainer names in the pod template')]),
    ...validateCodes(valueAt(onExitCodes, 'values') ?? null, operator, path.child('values')),
  ];
}

function validateCodes(written: JsonValue, operator: string, path: ValidationPath): readonly FieldError[] {
  const codes = asArray(written).map((code) => (typeof code === 'number' ? code : 0));
  const errors: FieldError[] = [];
  if (codes.length === 0) errors.push(invalid(path, written, 'at least one value is required'));
  if (codes.length > MAX_EXIT_CODES) errors.push(tooMany(path, codes.length, MAX_EXIT_CODES));
  const seen = new Set<number>();
  for (const [index, code] of codes.entries()) {
    if (operator === 'In' && code === 0)
      errors.push(invalid(path.index(index), 0, 'must not be 0 for the In operator'));
    if (seen.has(code)) errors.push(duplicate(path.index(index), code));
    seen.add(code);
  }
  const ordered = codes.every((code, index) => index === 0 || codes[index - 1]! <= code);
  return ordered ? errors : [...errors, invalid(path, codes, 'must be ordered')];
}

/** As the server prints the policy: the Go names of its internal version. */
export function shownPodFailurePolicy(policy: JsonValue | undefined): JsonValue {
  if (policy === undefined || policy === null) return null;
  return { Rules: shownList(valueAt(policy, 'rules'), shownRule) };
}

function shownRule(rule: JsonValue): JsonValue {
  const exitCodes = pointerAt(rule, 'onExitCodes');
  return {
    Action: textAt(rule, 'action'),
    OnExitCodes:
      exitCodes === undefined
        ? null
        : {
            ContainerName: shownPointer(exitCodes, 'containerName'),
            Operator: textAt(exitCodes, 'operator'),
            Values: shownList(valueAt(exitCodes, 'values'), (code) => code),
          },
    OnPodConditions: shownList(valueAt(rule, 'onPodConditions'), (pattern) => ({
      Type: textAt(pattern, 'type'),
      Status: textAt(pattern, 'status'),
    })),
  };
}

function shownList(list: JsonValue | undefined, show: (item: JsonValue) => JsonValue): JsonValue {
  return list === undefined || list === null ? null : asArray(list).map(show);
}

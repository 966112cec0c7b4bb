import { compareStrings } from '../base/compare.ts';
import { parseInt64 } from './int64.ts';
import { validateLabelKey, validateLabelValue } from './label-names.ts';
import { quoteString } from './quoted-string.ts';

export type LabelOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

/**
 * One condition on one label. `a=b`, `a==b` and `a!=b` are `In` and `NotIn` with a single value; `sign` remembers how
 * they were written, because kubectl prints them back that way.
 */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
  readonly sign?: '=' | '==' | '!=';
}

/**
 * Whether labels meet the condition. `NotIn` and `DoesNotExist` are met where the key is absent; `Gt` and `Lt` need an
 * integer on both sides. Source: staging/src/k8s.io/apimachinery/pkg/labels/selector.go, 1.36.
 */
export function matchesRequirement(requirement: LabelRequirement, labels: ReadonlyMap<string, string>): boolean {
  return isMet(requirement, labels.get(requirement.key));
}

/** As `matchesRequirement`, of the value that the label with the key has; undefined where there is none. */
export function isMet(requirement: LabelRequirement, value: string | undefined): boolean {
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && requirement.values.includes(value);
    case 'NotIn':
      return value === undefined || !requirement.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt':
      return value !== undefined && compares(requirement, value);
    default:
      return false;
  }
}

function compares({ operator, values }: LabelRequirement, value: string): boolean {
  const [limit] = values;
  if (limit === undefined || values.length !== 1) return false;
  const left = parseInt64(value);
  const right = parseInt64(limit);
  if (left === undefined || right === undefined) return false;
  return operator === 'Gt' ? left > right : left < right;
}

/** The condition in the string form: `a=b`, `e in (x,y)`, `!f`, `x>1`; values are printed in order. */
export function formatRequirement({ key, operator, values, sign }: LabelRequirement): string {
  const list = [...values].sort(compareStrings).join(',');
  if (sign) return `${key}${sign}${list}`;
  switch (operator) {
    case 'In':
      return `${key} in (${list})`;
    case 'NotIn':
      return `${key} notin (${list})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${list}`;
    case 'Lt':
      return `${key}<${list}`;
    default:
      return key;
  }
}

/** What upstream's `NewRequirement` refuses, each as `field: reason`; none when the condition is well formed. */
export function validateRequirement(requirement: LabelRequirement): readonly string[] {
  const { key, values } = requirement;
  const wrongKey = validateLabelKey(key);
  return [
    ...(wrongKey.length > 0 ? [`key: Invalid value: ${quoteString(key)}: ${wrongKey.join('; ')}`] : []),
    ...validateCount(requirement),
    ...values.flatMap((value, index) => {
      const wrongValue = validateLabelValue(value);
      return wrongValue.length > 0
        ? [`values[${index}][${key}]: Invalid value: ${quoteString(value)}: ${wrongValue.join('; ')}`]
        : [];
    }),
  ];
}

const OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt', 'exists', '!'].map(quoteString).join(', ');

function validateCount({ operator, values, sign }: LabelRequirement): readonly string[] {
  const wrong = (detail: string) => [`values: Invalid value: ${JSON.stringify(values)}: ${detail}`];
  if (sign) return values.length === 1 ? [] : wrong('exact-match compatibility requires one single value');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? [] : wrong("for 'in', 'notin' operators, values set can't be empty");
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0 ? [] : wrong('values set must be empty for exists and does not exist');
    case 'Gt':
    case 'Lt':
      return [
        ...(values.length === 1 ? [] : wrong("for 'Gt', 'Lt' operators, exactly one value is required")),
        ...values.flatMap((value, index) =>
          parseInt64(value) === undefined
            ? [
                `values[${index}]: Invalid value: ${quoteString(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
              ]
            : [],
        ),
      ];
    default:
      return [`operator: Unsupported value: ${quoteString(String(operator))}: supported values: ${OPERATORS}`];
  }
}

import { arrayAt, jsonEqual, objectAt, stringAt } from '../../base/json.ts';
import { withValue } from './change-object.ts';
import type { Conversion } from './conversion.ts';

/** The label that no Pod may have and that tells the two readings of an empty selector apart. */
const LABEL = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';

/**
 * Budgets of policy/v1beta1: an empty selector meant no Pods there, and means all of the namespace in policy/v1.
 * Source: pkg/apis/policy/v1beta1/conversion.go, 1.36.
 */
export const podDisruptionBudget: Conversion = {
  from: [{ group: 'policy', version: 'v1beta1', kind: 'PodDisruptionBudget' }],
  to: { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' },
  convert(object) {
    const selector = objectAt(object, 'spec', 'selector');
    if (selector === undefined) return { object };
    const expressions = arrayAt(selector, 'matchExpressions');
    const hasLabels = Object.keys(objectAt(selector, 'matchLabels') ?? {}).length > 0;
    if (!hasLabels && expressions.length === 0) {
      const nothing = { matchExpressions: [{ key: LABEL, operator: 'Exists' }] };
      return {
        object: withValue(object, ['spec', 'selector'], nothing),
        notes: [{ id: 'matchesNothing', params: {} }],
      };
    }
    if (!hasLabels && jsonEqual(expressions, [{ key: LABEL, operator: 'DoesNotExist' }])) {
      return {
        object: withValue(object, ['spec', 'selector'], {}),
        notes: [{ id: 'matchesEverything', params: {} }],
      };
    }
    const kept = expressions.filter((expression) => stringAt(expression, 'key') !== LABEL);
    if (kept.length === expressions.length) return { object };
    return { object: withValue(object, ['spec', 'selector', 'matchExpressions'], kept) };
  },
};

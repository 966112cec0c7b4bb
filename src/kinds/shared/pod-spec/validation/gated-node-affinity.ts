import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid } from '../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, pointerAt } from '../../validation/fields.ts';
import { semanticEqual } from '../../validation/semantic-equal.ts';
import { showNodeSelectorTerm } from './internal-form.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/**
 * Required node affinity of a Pod with scheduling gates can be set where there was none, or be narrowed.
 * Source: pkg/apis/core/validation/validation.go `validateNodeAffinityMutation`, 1.36.
 */
export function validateNodeAffinityMutation(
  spec: JsonValue,
  old: JsonValue,
  path: ValidationPath,
): readonly FieldError[] {
  const [now, before] = [spec, old].map((value) => pointerAt(value, 'affinity', 'nodeAffinity'));
  if (semanticEqual(now, before, 'nodeAffinity') || pointerAt(before, REQUIRED) === undefined) return NONE;
  const terms = arrayAt(now, REQUIRED, 'nodeSelectorTerms');
  const oldTerms = arrayAt(before, REQUIRED, 'nodeSelectorTerms');
  const termsPath = path.child('affinity', 'nodeAffinity', REQUIRED, 'nodeSelectorTerms');
  if (oldTerms.length > 0 && oldTerms.length !== terms.length) {
    const shown = pointerAt(now, REQUIRED, 'nodeSelectorTerms') === undefined ? null : terms.map(showNodeSelectorTerm);
    return [invalid(termsPath, shown, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')];
  }
  return oldTerms.flatMap((oldTerm, index) => {
    const term = terms[index] ?? {};
    if (hasOnlyAdditions(term, oldTerm)) return NONE;
    const detail = 'only additions are allowed (no mutations or deletions)';
    return [invalid(termsPath.index(index), showNodeSelectorTerm(term), detail)];
  });
}

const LISTS = ['matchExpressions', 'matchFields'] as const;

/** A term without conditions matches no Node: it cannot get any. */
function hasOnlyAdditions(term: JsonValue, old: JsonValue): boolean {
  if (LISTS.every((list) => arrayAt(old, list).length === 0)) {
    return LISTS.every((list) => arrayAt(term, list).length === 0);
  }
  return LISTS.every((list) => {
    const before = arrayAt(old, list);
    return before.length === 0 || semanticEqual(arrayAt(valueAt(term), list).slice(0, before.length), before);
  });
}

import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, objectAt, stringAt } from '../../../base/json.ts';

/** A selector as Go prints it; nil where there is none. Source: apimachinery/pkg/apis/meta/v1/generated.pb.go `LabelSelector.String`, 1.36. */
export function goSelector(selector: JsonValue | undefined): string {
  if (selector === undefined) return 'nil';
  const labels = Object.entries(objectAt(selector, 'matchLabels') ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${String(value)},`);
  const expressions = arrayAt(selector, 'matchExpressions').map((entry) => {
    const values = arrayAt(entry, 'values').map((value) => asString(value) ?? '');
    const [key, operator] = [stringAt(entry, 'key') ?? '', stringAt(entry, 'operator') ?? ''];
    return `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`;
  });
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}

import { parseLabelSelectorString } from '../../../apimachinery/label-selector-string.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject } from '../../../base/json.ts';
import { KubectlError } from '../command.ts';

/**
 * A selector as an object from one as a text: `a=b` as matchLabels, everything else as matchExpressions.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go `ParseToLabelSelector`, 1.36.
 */
export function selectorOf(text: string): JsonObject {
  const labels: Record<string, string> = {};
  const expressions: JsonObject[] = [];
  const { requirements } = parseLabelSelectorString(text);
  for (const { key, operator, values, sign } of requirements) {
    if (sign === '!=' || operator === 'Gt' || operator === 'Lt')
      throw new KubectlError(`error: "${sign ?? operator.toLowerCase()}" is not a valid label selector operator`);
    if (sign !== undefined) labels[key] = values[0] ?? '';
    else
      expressions.push({ key, operator, ...(values.length === 0 ? {} : { values: values.toSorted(compareStrings) }) });
  }
  return {
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
    ...(Object.keys(labels).length === 0 ? {} : { matchLabels: labels }),
  };
}

import { validateLabelValue } from '../../../../apimachinery/label-names.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, objectAt } from '../../../../base/json.ts';
import { textAt, textsAt } from '../../validation/fields.ts';

/** Labels of Nodes that have other names now. Source: pkg/api/node/util.go, 1.36. */
const DEPRECATED_NODE_LABELS: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  ['scheduler.alpha.kubernetes.io/preferAvoidPods', 'deprecated since v1.22; use Taints and Tolerations instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

/** What is wrong with a label of Nodes; undefined when nothing is. */
export function nodeLabelDeprecation(key: string): string | undefined {
  return DEPRECATED_NODE_LABELS.get(key);
}

/** Warnings about one term of a Node selector. Only in preferences are bad values let through, and so warned of. */
export function nodeSelectorTermWarnings(
  term: JsonValue | undefined,
  path: ValidationPath,
  checkValues: boolean,
): readonly string[] {
  return arrayAt(term, 'matchExpressions').flatMap((expression, index) => {
    const at = path.child('matchExpressions').index(index);
    const key = textAt(expression, 'key');
    const deprecation = nodeLabelDeprecation(key);
    return [
      ...(deprecation === undefined ? [] : [`${at.child('key')}: ${key} is ${deprecation}`]),
      ...(checkValues ? valueWarnings(textsAt(expression, 'values'), at.child('values')) : []),
    ];
  });
}

/** Warnings about a selector of Nodes by their labels. Labels are told in the order in which they are written. */
export function nodeLabelSelectorWarnings(selector: JsonValue | undefined, path: ValidationPath): readonly string[] {
  const labels = Object.keys(objectAt(selector, 'matchLabels') ?? {});
  return [
    ...nodeSelectorTermWarnings(selector, path, false),
    ...labels.flatMap((label) => {
      const deprecation = nodeLabelDeprecation(label);
      return deprecation === undefined ? [] : [`${path.child('matchLabels', label).toString()}: ${deprecation}`];
    }),
  ];
}

function valueWarnings(values: readonly string[], path: ValidationPath): readonly string[] {
  return values.flatMap((value, index) =>
    validateLabelValue(value).map((message) => `${path.index(index)}: ${value} is invalid, ${message}`),
  );
}

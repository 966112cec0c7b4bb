import { labelSelectorOf } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { LabelOperator, LabelRequirement } from '../../apimachinery/label-requirement.ts';
import { arrayAt, asString, isJsonObject, stringAt } from '../../base/json.ts';
import type { ObjectSelectorTarget, ObjectSelectorTerm } from '../reference.ts';

const OPERATORS: readonly LabelOperator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

/** Nodes by labels and fields; any of the terms is enough. */
export function nodesMatching(anyOf: readonly ObjectSelectorTerm[]): ObjectSelectorTarget {
  return { by: 'objects', group: '', kind: 'Node', namespaces: 'all', anyOf };
}

/**
 * Reads the terms of a core/v1 NodeSelector (node affinity of a Pod, of a PersistentVolume). A term without any
 * condition matches no Node and is left out. Source: component-helpers/scheduling/corev1/nodeaffinity, 1.36.
 */
export function nodeSelectorTerms(terms: readonly unknown[]): readonly ObjectSelectorTerm[] {
  return terms.flatMap((term) => {
    const expressions = arrayAt(term, 'matchExpressions').map(readRequirement);
    const fields = arrayAt(term, 'matchFields').map(readRequirement);
    if (expressions.length + fields.length === 0) return [];
    const labels = labelSelectorOf(expressions);
    return fields.length === 0 ? [{ labels }] : [{ labels, fields: fieldSelector(fields) }];
  });
}

function readRequirement(value: unknown): LabelRequirement {
  const written = isJsonObject(value) ? stringAt(value, 'operator') : undefined;
  const operator = OPERATORS.find((known) => known === written);
  // An operator that nobody knows is kept as `In` of nothing, which no label meets and the reader reports.
  if (!operator) return { key: stringAt(value, 'key') ?? '', operator: 'In', values: [] };
  const values = arrayAt(value, 'values').flatMap((item) => asString(item) ?? []);
  return { key: stringAt(value, 'key') ?? '', operator, values };
}

/** Values of fields are names, which may be longer than label values, so they are not checked as those. */
function fieldSelector(requirements: readonly LabelRequirement[]): LabelSelector {
  return { requirements };
}

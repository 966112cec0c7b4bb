import { isEmptySelector, labelSelectorFromMap, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { LabelRequirement } from '../../../apimachinery/label-requirement.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asName, asObject, asString, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { NamespaceChoice, Reference, Toleration } from '../../reference.ts';
import { NAMESPACE_NAME_LABEL } from '../network-policy.ts';
import { nodesMatching, nodeSelectorTerms } from '../node-selector.ts';

/** Which Nodes and which other Pods a Pod spec speaks of. `labels` are those of its Pods. */
export function schedulingReferences(
  spec: JsonObject,
  specPath: Path,
  namespace: string,
  labels: ReadonlyMap<string, string>,
): readonly Reference[] {
  const affinity = objectAt(spec, 'affinity');
  const path = [...specPath, 'affinity'];
  return [
    ...nodeSelectorReferences(spec['nodeSelector'], [...specPath, 'nodeSelector']),
    ...nodeAffinityReferences(objectAt(affinity, 'nodeAffinity'), [...path, 'nodeAffinity']),
    ...(['podAffinity', 'podAntiAffinity'] as const).flatMap((type) =>
      podAffinityReferences(type, objectAt(affinity, type), [...path, type], namespace, labels),
    ),
    ...arrayAt(spec, 'topologySpreadConstraints').flatMap((constraint, index) =>
      spreadReferences(constraint, [...specPath, 'topologySpreadConstraints', index], namespace, labels),
    ),
    ...tolerationReferences(spec['tolerations'], [...specPath, 'tolerations']),
  ];
}

/** Nodes by a plain map of labels: `nodeSelector` of a Pod spec or of a RuntimeClass. */
export function nodeSelectorReferences(value: unknown, field: Path): readonly Reference[] {
  const labels = labelSelectorFromMap(asObject(value));
  return isEmptySelector(labels) ? [] : [{ type: 'nodeSelector', field, target: nodesMatching([{ labels }]) }];
}

/** Nodes with a taint that is tolerated: one reference for each toleration. */
export function tolerationReferences(value: unknown, path: Path): readonly Reference[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : []).flatMap((item, index) => {
    const toleration = readToleration(item);
    return toleration ? [{ type: 'toleration', field: [...path, index], target: { by: 'taint', toleration } }] : [];
  });
}

function readToleration(value: unknown): Toleration | undefined {
  if (!asObject(value)) return undefined;
  const key = stringAt(value, 'key');
  const operator = stringAt(value, 'operator');
  const matched = stringAt(value, 'value');
  const effect = stringAt(value, 'effect');
  return {
    ...(key === undefined ? {} : { key }),
    ...(operator === undefined ? {} : { operator }),
    ...(matched === undefined ? {} : { value: matched }),
    ...(effect === undefined ? {} : { effect }),
  };
}

export const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
export const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function nodeAffinityReferences(affinity: JsonObject | undefined, path: Path): readonly Reference[] {
  const required = nodeSelectorTerms(arrayAt(affinity, REQUIRED, 'nodeSelectorTerms'));
  const references: Reference[] = [];
  if (required.length > 0) {
    const field = [...path, REQUIRED, 'nodeSelectorTerms'];
    references.push({ type: 'nodeAffinity', field, target: nodesMatching(required) });
  }
  arrayAt(affinity, PREFERRED).forEach((preferred, index) => {
    const terms = nodeSelectorTerms([valueAt(preferred, 'preference')]);
    if (terms.length === 0) return;
    const field = [...path, PREFERRED, index, 'preference'];
    references.push({ type: 'nodeAffinity', field, target: nodesMatching(terms), optional: true });
  });
  return references;
}

function podAffinityReferences(
  type: 'podAffinity' | 'podAntiAffinity',
  affinity: JsonObject | undefined,
  path: Path,
  namespace: string,
  labels: ReadonlyMap<string, string>,
): readonly Reference[] {
  const required = arrayAt(affinity, REQUIRED).flatMap((term, index) =>
    affinityTermReferences(type, term, [...path, REQUIRED, index], namespace, labels),
  );
  const preferred = arrayAt(affinity, PREFERRED).flatMap((weighted, index) =>
    affinityTermReferences(
      type,
      valueAt(weighted, 'podAffinityTerm'),
      [...path, PREFERRED, index, 'podAffinityTerm'],
      namespace,
      labels,
    ).map((reference) => ({ ...reference, optional: true })),
  );
  return [...required, ...preferred];
}

function affinityTermReferences(
  type: 'podAffinity' | 'podAntiAffinity',
  term: unknown,
  path: Path,
  namespace: string,
  labels: ReadonlyMap<string, string>,
): readonly Reference[] {
  const selector = selectorWithLabelKeys(term, labels);
  if (selector.nothing) return [];
  const field = [...path, 'labelSelector'];
  return affinityNamespaces(term, path, namespace).map(({ namespaces, namespaceField }) => ({
    type,
    field,
    target: { by: 'pods', namespaces, selector },
    ...(namespaceField ? { namespaceField } : {}),
  }));
}

/**
 * A term looks in the namespaces it lists and in those its selector matches, together; without either, in the Pod's
 * own. Source: core/v1 PodAffinityTerm, 1.36.
 */
function affinityNamespaces(
  term: unknown,
  path: Path,
  namespace: string,
): readonly { readonly namespaces: NamespaceChoice; readonly namespaceField?: Path }[] {
  const selector = parseLabelSelector(valueAt(term, 'namespaceSelector'));
  if (isEmptySelector(selector)) return [{ namespaces: 'all' }];
  const names = arrayAt(term, 'namespaces').flatMap((name) => asName(name) ?? []);
  if (names.length === 0 && selector.nothing) return [{ namespaces: { names: [namespace] } }];
  const [only] = names.length === 1 ? [[...path, 'namespaces', 0]] : [];
  return [
    ...(names.length > 0 ? [{ namespaces: { names }, ...(only ? { namespaceField: only } : {}) }] : []),
    ...(selector.nothing ? [] : [{ namespaces: namespacesMatching(selector) }]),
  ];
}

/** A selector on the name label alone chooses namespaces by name, whether or not their objects are at hand. */
function namespacesMatching(selector: LabelSelector): NamespaceChoice {
  const [only, ...more] = selector.requirements;
  const byName = only?.key === NAMESPACE_NAME_LABEL && only.operator === 'In' && more.length === 0;
  return byName && !selector.invalid ? { names: only.values } : { selector };
}

/** The selector of a term, with the Pod's own values for `matchLabelKeys` and against `mismatchLabelKeys`. */
function selectorWithLabelKeys(term: unknown, labels: ReadonlyMap<string, string>): LabelSelector {
  const selector = parseLabelSelector(valueAt(term, 'labelSelector'));
  if (selector.nothing || selector.invalid) return selector;
  const more = [
    ...labelKeyRequirements(term, 'matchLabelKeys', 'In', labels),
    ...labelKeyRequirements(term, 'mismatchLabelKeys', 'NotIn', labels),
  ];
  return more.length === 0 ? selector : { requirements: [...selector.requirements, ...more] };
}

function labelKeyRequirements(
  term: unknown,
  field: string,
  operator: 'In' | 'NotIn',
  labels: ReadonlyMap<string, string>,
): readonly LabelRequirement[] {
  return arrayAt(term, field).flatMap((item) => {
    const key = asString(item);
    const value = key === undefined ? undefined : labels.get(key);
    return key === undefined || value === undefined ? [] : [{ key, operator, values: [value] }];
  });
}

function spreadReferences(
  constraint: unknown,
  path: Path,
  namespace: string,
  labels: ReadonlyMap<string, string>,
): readonly Reference[] {
  const selector = selectorWithLabelKeys(constraint, labels);
  if (selector.nothing) return [];
  const target = { by: 'pods', namespaces: { names: [namespace] }, selector } as const;
  return [{ type: 'topologySpread', field: [...path, 'labelSelector'], target }];
}

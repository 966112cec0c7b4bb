import { NOTHING, isEmptySelector, matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import type { Connection, KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { newLabels } from '../shared/pod-spec/pod-template.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';
import { stableLabels } from '../shared/stable-labels.ts';

const SELECTOR = ['spec', 'selector'];

const select: Connection = {
  id: 'select',
  to: 'podTemplate',
  connect(source, target, template) {
    const refusal = refuseOtherNamespace(source, target);
    if (refusal) return refusal;
    if (!template) return { refused: 'connect.noPodTemplate' };
    if (template.labels.size > 0 && matchesLabels(selectorOf(source), template.labels)) return ALREADY;
    const matchLabels = stableLabels(template.labels);
    if (Object.keys(matchLabels).length === 0) return { refused: 'connect.noLabels' };
    return { source: [{ op: 'set', path: SELECTOR, value: { matchLabels } }] };
  },
};

export const podDisruptionBudget: KindDefinition = {
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  resource: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'policy', version: 'v1alpha1' },
    { group: 'policy', version: 'v1beta1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: newMetadata(name, namespace),
    spec: { minAvailable: 1, selector: { matchLabels: newLabels(name) } },
  }),
  references,
  connections: [select],
  disconnect: (_, { field }) => [{ op: 'delete', path: field }],
  summary: limitSummary,
  fields: ['spec.minAvailable', 'spec.maxUnavailable', 'spec.selector.matchLabels', 'spec.unhealthyPodEvictionPolicy'],
};

function references(object: KubernetesObject): readonly Reference[] {
  if ((valueAt(object, ...SELECTOR) ?? null) === null) return [];
  const namespaces = { names: [namespaceOrDefault(object)] };
  return [
    { type: 'disruptionSelector', field: SELECTOR, target: { by: 'pods', namespaces, selector: selectorOf(object) } },
  ];
}

/** In policy/v1beta1 an empty selector selects no Pod, in v1 all. Source: policy/v1beta1 types.go, 1.36. */
function selectorOf(object: KubernetesObject): LabelSelector {
  const selector = parseLabelSelector(valueAt(object, ...SELECTOR));
  return isEmptySelector(selector) && object.apiVersion !== 'policy/v1' ? NOTHING : selector;
}

/** `minAvailable 1` or `maxUnavailable 25%`. */
function limitSummary(object: JsonObject): Summary {
  const limits = ['minAvailable', 'maxUnavailable'].flatMap((field) => {
    const value = valueAt(object, 'spec', field);
    return typeof value === 'number' || typeof value === 'string' ? [`${field} ${value}`] : [];
  });
  return limits.length === 0 ? {} : { fact: limits.join(' · ') };
}

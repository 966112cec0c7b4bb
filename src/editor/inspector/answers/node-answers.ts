import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { taintsOf } from '../../../apimachinery/taints.ts';
import type { JsonValue } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { NAMESPACE_NAME_LABEL } from '../../../kinds/shared/network-policy.ts';
import { assumedNodeObjects, assumedNodesOf } from '../../../scene/cluster/assumed-nodes.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';
import { podLabels } from './label-answers.ts';
import { recordsOfKind } from './reference-answers.ts';

/** A label, and the values that it has somewhere. */
export interface LabelValues {
  readonly key: string;
  readonly values: readonly string[];
}

type Around = Pick<WorkspaceState, 'design' | 'registry'>;

/** The Nodes of the design; those that the Cluster picture assumes where it has none. */
export function nodesAround({ design, registry }: Around): readonly KubernetesObject[] {
  const own = recordsOfKind(design, registry, { group: '', kind: 'Node', namespace: '' });
  return own.length > 0 ? own.map(({ object }) => object) : assumedNodeObjects(assumedNodesOf(design), registry);
}

/**
 * Labels that every cluster gives its Nodes, whether or not these have them yet.
 * Source: staging/src/k8s.io/api/core/v1/well_known_labels.go, 1.36.
 */
const WELL_KNOWN: readonly LabelValues[] = [
  { key: 'kubernetes.io/hostname', values: [] },
  { key: 'kubernetes.io/os', values: ['linux', 'windows'] },
  { key: 'kubernetes.io/arch', values: ['amd64', 'arm64'] },
  { key: 'topology.kubernetes.io/zone', values: [] },
  { key: 'topology.kubernetes.io/region', values: [] },
  { key: 'node.kubernetes.io/instance-type', values: [] },
];

/** Labels to choose Nodes by: what these Nodes bear first, then what every cluster has. */
export function nodeLabels(nodes: readonly KubernetesObject[]): readonly LabelValues[] {
  const born = gather(nodes.flatMap((node) => [...labelsOf(node)]));
  const known = new Set(born.map(({ key }) => key));
  return [...born, ...WELL_KNOWN.filter(({ key }) => !known.has(key))];
}

/** Labels that Pods of a namespace bear. */
export function labelsOfPods(around: Around, namespace: string): readonly LabelValues[] {
  return gather(podLabels(around, namespace).map(({ key, value }): [string, string] => [key, value]));
}

/** Labels of Namespaces, with the one that the API server gives each. */
export function namespaceLabels({ design, registry }: Around): readonly LabelValues[] {
  const records = recordsOfKind(design, registry, { group: '', kind: 'Namespace', namespace: '' });
  const names = records.map(({ object }): [string, string] => [NAMESPACE_NAME_LABEL, nameOf(object)]);
  return gather([...names, ...records.flatMap(({ object }) => [...labelsOf(object)])]);
}

/** Taints of Nodes, each once. */
export function nodeTaints(nodes: readonly KubernetesObject[]): readonly JsonValue[] {
  return [...new Map(nodes.flatMap(taintsOf).map((taint) => [JSON.stringify(taint), taint])).values()];
}

function gather(labels: readonly (readonly [key: string, value: string])[]): readonly LabelValues[] {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of labels) values.set(key, (values.get(key) ?? new Set<string>()).add(value));
  return [...values]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([key, found]) => ({ key, values: [...found].sort(compareStrings) }));
}

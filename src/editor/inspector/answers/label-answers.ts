import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { jsonEqual } from '../../../base/json.ts';
import { matchesLabels } from '../../../apimachinery/label-selector.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { NamespaceChoice } from '../../../kinds/reference.ts';
import { NAMESPACE_NAME_LABEL } from '../../../kinds/shared/network-policy.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';
import { recordsOfKind } from './reference-answers.ts';

/** A label of Pods that are there, and the workloads that bear it. */
export interface PodLabel {
  readonly key: string;
  readonly value: string;
  readonly names: readonly string[];
}

/** Labels of the Pods in a namespace, of all where it is '', in the order of their keys. */
export function podLabels(
  { design, registry }: Pick<WorkspaceState, 'design' | 'registry'>,
  namespace: string,
): readonly PodLabel[] {
  const found = new Map<string, { readonly key: string; readonly value: string; readonly names: string[] }>();
  for (const { object, namespace: own } of design.records.values()) {
    if (namespace !== '' && own !== namespace) continue;
    for (const [key, value] of registry.of(object).podTemplate?.(object)?.labels ?? []) {
      const known = found.get(`${key}=${value}`);
      if (known) known.names.push(nameOf(object));
      else found.set(`${key}=${value}`, { key, value, names: [nameOf(object)] });
    }
  }
  return [...found.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([, label]) => label);
}

/** Workloads and Pods that a selector at a path selects, as the design stands, with how many Pods each asks for. */
export interface Selected {
  readonly record: DesignRecord;
  /** Undefined where it depends on the cluster: a DaemonSet has one on each Node. */
  readonly pods: number | undefined;
}

/** Undefined where the field selects no Pods. */
export function selectedBy(
  { design, registry, graph }: Pick<WorkspaceState, 'design' | 'registry' | 'graph'>,
  record: DesignRecord,
  path: Path,
): readonly Selected[] | undefined {
  const targets = registry
    .of(record.object)
    .references(record.object)
    .flatMap(({ target, field }) => (target.by === 'pods' && jsonEqual(field, path) ? [target] : []));
  if (targets.length === 0) return undefined;
  const selected = new Map<string, Selected>();
  const select = (found: DesignRecord) => {
    const definition = registry.of(found.object);
    if (definition.podTemplate)
      selected.set(found.id, { record: found, pods: podsOf(definition.summary?.(found.object)?.pods, found.object) });
  };
  // The graph has no arrow from an object to itself; anti-affinity selects the Pods that bear it more often than not.
  const own = registry.of(record.object).podTemplate?.(record.object)?.labels;
  const ownNamespace = labelsOfNamespace({ design, registry }, record.namespace);
  if (
    own &&
    targets.some(
      ({ selector, namespaces }) =>
        matchesLabels(selector, own) && isChosen(namespaces, record.namespace, ownNamespace),
    )
  )
    select(record);
  for (const { to, declaration } of graph.outgoing(record.id)) {
    const found = to === null || !jsonEqual(declaration.field, path) ? undefined : design.records.get(to);
    if (found) select(found);
  }
  return [...selected.values()];
}

/** Those of the Namespace in the design, with the one that the API server gives it. */
function labelsOfNamespace(
  { design, registry }: Pick<WorkspaceState, 'design' | 'registry'>,
  name: string,
): ReadonlyMap<string, string> {
  const own = recordsOfKind(design, registry, { group: '', kind: 'Namespace', namespace: '' }).find(
    ({ object }) => nameOf(object) === name,
  );
  return new Map([...(own ? labelsOf(own.object) : []), [NAMESPACE_NAME_LABEL, name]]);
}

function isChosen(choice: NamespaceChoice, namespace: string, labels: ReadonlyMap<string, string>): boolean {
  if (choice === 'all') return true;
  if (choice.names !== undefined && !choice.names.includes(namespace)) return false;
  return !('selector' in choice) || matchesLabels(choice.selector, labels);
}

function podsOf(asked: number | undefined, object: JsonObject): number | undefined {
  return asked ?? (object['kind'] === 'Pod' ? 1 : undefined);
}

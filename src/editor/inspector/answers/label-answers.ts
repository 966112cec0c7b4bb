import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { jsonEqual } from '../../../base/json.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';

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
  const isPodSelector = registry
    .of(record.object)
    .references(record.object)
    .some(({ target, field }) => target.by === 'pods' && jsonEqual(field, path));
  if (!isPodSelector) return undefined;
  const selected = new Map<string, Selected>();
  for (const { to, declaration } of graph.outgoing(record.id)) {
    const found = to === null || !jsonEqual(declaration.field, path) ? undefined : design.records.get(to);
    if (!found) continue;
    const definition = registry.of(found.object);
    if (definition.podTemplate)
      selected.set(found.id, { record: found, pods: podsOf(definition.summary?.(found.object)?.pods, found.object) });
  }
  return [...selected.values()];
}

function podsOf(asked: number | undefined, object: JsonObject): number | undefined {
  return asked ?? (object['kind'] === 'Pod' ? 1 : undefined);
}

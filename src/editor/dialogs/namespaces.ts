import { compareStrings } from '../../base/compare.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Every namespace that objects of the design live in or that is declared in it. */
export function namespacesOf(design: Design): readonly string[] {
  const names = new Set<string>([DEFAULT_NAMESPACE]);
  for (const { namespace, object } of design.records.values()) {
    if (namespace !== '') names.add(namespace);
    else if (object.kind === 'Namespace' && object.apiVersion === 'v1' && nameOf(object) !== '')
      names.add(nameOf(object));
  }
  return [...names].sort(compareStrings);
}

/** The namespace of what is selected; else the one with the most objects. */
export function likelyNamespace(workspace: Workspace): string {
  const { design, selection } = workspace.store.getState();
  const [first] = selection;
  const selected = design.records.get(first ?? '')?.namespace;
  if (selected) return selected;
  const counts = new Map<string, number>();
  for (const { namespace } of design.records.values())
    if (namespace !== '') counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? DEFAULT_NAMESPACE;
}

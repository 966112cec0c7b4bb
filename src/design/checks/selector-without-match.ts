import { formatLabelSelector, isEmptySelector } from '../../apimachinery/label-selector.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { isClusterProvided } from '../../kinds/cluster-provided.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { NamespaceChoice } from '../../kinds/reference.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** A Service, policy or budget that selects no Pod: nothing is refused, and nothing happens. */
export const selectorWithoutMatch: Check = {
  name: 'selector-without-match',
  look: (record, view) =>
    view.outgoing(record.id).flatMap(({ to, resolved, declaration }): readonly Problem[] => {
      const { target, type, field } = declaration;
      if (resolved || to !== null || target.by !== 'pods' || REFERENCE_TYPES[type].dangling === 'none') return [];
      // Everything in a namespace is right for whatever comes: a policy that denies all needs no Pod to be there yet.
      if (isEmptySelector(target.selector)) return [];
      const severity = severityOf(target.namespaces, record.namespace);
      if (severity === undefined) return [];
      const params = { selector: formatLabelSelector(target.selector) };
      return [{ id: 'selector.matchesNothing', severity, record: record.id, field, params }];
    }),
};

/** Pods of other namespaces are often in other manifests, and those of the system's in none. */
function severityOf(namespaces: NamespaceChoice, own: string): 'warning' | 'info' | undefined {
  if (namespaces === 'all' || !('names' in namespaces) || namespaces.names === undefined) return 'info';
  const others = namespaces.names.filter((name) => name !== own);
  if (others.length === 0) return 'warning';
  return others.some((name) => !isSystemNamespace(name)) ? 'info' : undefined;
}

function isSystemNamespace(name: string): boolean {
  const target = { by: 'name', group: '', kind: 'Namespace', namespace: '', name } as const;
  return name !== DEFAULT_NAMESPACE && isClusterProvided(target);
}

import { EVERYTHING, labelSelectorOf } from '../../apimachinery/label-selector.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asName, asObject } from '../../base/json.ts';
import type { FieldEdit } from '../field-edit.ts';
import type { Reference, ReferenceTarget } from '../reference.ts';
import { removeListItem } from './list-edit.ts';
import { kindOfResource } from './resource-kind.ts';

/** What Role and ClusterRole share: `rules`. */

/**
 * The objects that rules name one by one. A Role names them in its own namespace; `namespace` is undefined for a
 * ClusterRole, which names them in every namespace it is bound in. `*` and the kinds of custom resources name none.
 */
export function ruleReferences(role: JsonObject, namespace: string | undefined): readonly Reference[] {
  return arrayAt(role, 'rules').flatMap((rule, index) =>
    arrayAt(rule, 'resourceNames').flatMap((value, at) => {
      const name = asName(value);
      if (name === undefined) return [];
      const field = ['rules', index, 'resourceNames', at];
      return targetsOf(rule, name, namespace).map((target): Reference => ({ type: 'resourceName', field, target }));
    }),
  );
}

function targetsOf(rule: JsonValue, name: string, namespace: string | undefined): readonly ReferenceTarget[] {
  const targets = new Map<string, ReferenceTarget>();
  for (const group of arrayAt(rule, 'apiGroups')) {
    for (const resource of arrayAt(rule, 'resources')) {
      if (typeof group !== 'string' || typeof resource !== 'string') continue;
      const kind = kindOfResource(group, resource);
      const target = kind && targetOf(kind, name, namespace);
      if (target) targets.set(`${kind.group}/${kind.kind}`, target);
    }
  }
  return [...targets.values()];
}

function targetOf(
  { group, kind, scope }: { group: string; kind: string; scope: 'Namespaced' | 'Cluster' },
  name: string,
  namespace: string | undefined,
): ReferenceTarget | undefined {
  if (scope === 'Cluster') {
    return namespace === undefined || isNamedByRoles(group, kind, name, namespace)
      ? { by: 'name', group, kind, namespace: '', name }
      : undefined;
  }
  if (namespace !== undefined) return { by: 'name', group, kind, namespace, name };
  const fields = labelSelectorOf([{ key: 'metadata.name', operator: 'In', values: [name] }]);
  return { by: 'objects', group, kind, namespaces: 'all', anyOf: [{ labels: EVERYTHING, fields }] };
}

/**
 * The few cluster-scoped objects that a Role reaches: its own Namespace, since a request for `/namespaces/x` is one in
 * namespace x, and a PodSecurityPolicy (until 1.24), whose use was allowed namespace by namespace.
 */
function isNamedByRoles(group: string, kind: string, name: string, namespace: string): boolean {
  return (group === '' && kind === 'Namespace' && name === namespace) || kind === 'PodSecurityPolicy';
}

/** Takes a name out of a rule; the last name takes the rule along, because a rule without names covers every object. */
export function disconnectRule(role: JsonObject, { field }: Reference): readonly FieldEdit[] {
  const rule = field.slice(0, 2);
  const isLast = arrayAt(role, ...rule, 'resourceNames').length <= 1;
  // `rules: []` is a Role that allows nothing; the list itself stays.
  return [isLast ? { op: 'delete', path: rule } : removeListItem(role, field)];
}

/** `get,list pods`, or how many rules there are. */
export function roleSummary(role: JsonObject): { fact: string } {
  const rules = arrayAt(role, 'rules');
  const [rule] = rules;
  if (rules.length !== 1 || !asObject(rule)) return { fact: `rules ${rules.length}` };
  const list = (key: string) =>
    arrayAt(rule, key)
      .filter((item) => typeof item === 'string')
      .join(',');
  const what = list('resources') || list('nonResourceURLs');
  return { fact: `${list('verbs')} ${what}`.trim() };
}

/** The older spellings of every RBAC kind. */
export const OLDER_RBAC_VERSIONS = [
  { group: 'rbac.authorization.k8s.io', version: 'v1beta1' },
  { group: 'rbac.authorization.k8s.io', version: 'v1alpha1' },
];

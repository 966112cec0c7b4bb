import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import type { Describer } from './describer.ts';
import { describeLabels, describeName } from './head.ts';
import { goList, stringsAt, textAt } from './values.ts';

interface Rule {
  readonly verbs: string[];
  readonly group: string | undefined;
  readonly resource: string | undefined;
  readonly names: readonly string[];
  readonly urls: readonly string[];
}

/** Roles and ClusterRoles: rules taken apart and put together by resource. Source: kubectl/pkg/util/rbac/rbac.go, 1.36. */
export const describeRole: Describer = (w, role) => {
  describeName(w, role, false);
  describeLabels(w, role);
  w.write(0, 'PolicyRule:\n');
  w.write(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  w.write(1, '---------\t-----------------\t--------------\t-----\n');
  const rules = compact(arrayAt(role, 'rules').flatMap(breakDown));
  for (const rule of rules.toSorted((a, b) => compareStrings(orderOf(a), orderOf(b))))
    w.write(1, `${resourceText(rule)}\t${goList(rule.urls)}\t${goList(rule.names)}\t${goList(rule.verbs)}\n`);
};

function breakDown(rule: JsonValue): readonly Rule[] {
  const list = (field: string): readonly string[] => stringsAt(rule, field);
  const names = list('resourceNames');
  const named = names.length === 0 ? [[]] : names.map((name) => [name]);
  return [
    ...list('apiGroups').flatMap((group) =>
      list('resources').flatMap((resource) =>
        list('verbs').flatMap((verb) => named.map((own) => ({ verbs: [verb], group, resource, names: own, urls: [] }))),
      ),
    ),
    ...list('nonResourceURLs').flatMap((url) =>
      list('verbs').map((verb) => ({ verbs: [verb], group: undefined, resource: undefined, names: [], urls: [url] })),
    ),
  ];
}

function compact(rules: readonly Rule[]): readonly Rule[] {
  const simple = new Map<string, Rule>();
  const rest: Rule[] = [];
  for (const rule of rules) {
    if (rule.resource === undefined) {
      rest.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.group, rule.resource, rule.names]);
    const known = simple.get(key);
    if (known === undefined) simple.set(key, { ...rule, verbs: [...rule.verbs] });
    else for (const verb of rule.verbs) if (!known.verbs.includes(verb)) known.verbs.push(verb);
  }
  return [...rest, ...simple.values()];
}

/** As Go prints the whole rule, which is what is sorted by. */
function orderOf({ verbs, group, resource, names, urls }: Rule): string {
  const one = (value: string | undefined): string => goList(value === undefined ? [] : [value]);
  return `&PolicyRule{Verbs:${goList(verbs)},APIGroups:${one(group)},Resources:${one(resource)},ResourceNames:${goList(names)},NonResourceURLs:${goList(urls)},}`;
}

/** `deployments.apps/scale`. */
function resourceText({ resource, group }: Rule): string {
  if (resource === undefined) return '';
  const slash = resource.indexOf('/');
  const [name, sub] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  return `${name}${group === undefined || group === '' ? '' : `.${group}`}${sub}`;
}

export const describeRoleBinding: Describer = (w, binding) => {
  describeName(w, binding, false);
  describeLabels(w, binding);
  w.write(0, 'Role:\n');
  w.field(1, 'Kind', textAt(binding, 'roleRef', 'kind'));
  w.field(1, 'Name', textAt(binding, 'roleRef', 'name'));
  w.write(0, 'Subjects:\n');
  w.write(1, 'Kind\tName\tNamespace\n');
  w.write(1, '----\t----\t---------\n');
  for (const subject of arrayAt(binding, 'subjects'))
    w.write(1, `${textAt(subject, 'kind')}\t${textAt(subject, 'name')}\t${textAt(subject, 'namespace')}\n`);
};

import { parseLabelSelector, selectsObject } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import type { DesignRecord } from '../design.ts';
import type { Lint, LintContext } from './lint.ts';
import { perObject } from './spots.ts';
import type { Spot } from './spots.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';

interface Access {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

type Test = (word: string) => boolean;

/**
 * Bindings to a role that may do one of these to one of those, `*` included; one finding a role. Also bindings to roles
 * that are not here, where that is asked.
 */
export function accessBy(isResource: Test, isVerb: Test, findsMissing = false): Lint['find'] {
  return (context) => {
    const found = (role: DesignRecord, object: KubernetesObject): readonly Spot[] => {
      const given = accessesOf(role.object, isResource, isVerb);
      if (given.verbs.length === 0) return [];
      const params = {
        role: nameOf(role.object),
        subjects: subjectsOf(object),
        verbs: given.verbs.join(', '),
        resources: given.resources.join(', '),
      };
      return [{ at: ['roleRef', 'name'], params, related: [role.id] }];
    };
    const missing = (roles: readonly DesignRecord[], object: KubernetesObject): readonly Spot[] => {
      if (!findsMissing || roles.length > 0) return [];
      const role = stringAt(object, 'roleRef', 'name') ?? '';
      return [{ at: ['roleRef', 'name'], params: { role, subjects: subjectsOf(object), verbs: '?', resources: '?' } }];
    };
    return [
      ...perObject('RoleBinding', [RBAC], ({ namespace, object }) => {
        const roles = rolesNamed(context, 'Role', object).filter((role) => role.namespace === namespace);
        return [...roles.flatMap((role) => found(role, object)), ...missing(roles, object)];
      })(context),
      ...perObject('ClusterRoleBinding', [RBAC], ({ object }) => {
        const roles = rolesNamed(context, 'ClusterRole', object);
        const parts = roles.flatMap((role) => [role, ...aggregated(context, role)]);
        return [...parts.flatMap((role) => found(role, object)), ...missing(roles, object)];
      })(context),
    ];
  };
}

function rolesNamed(context: LintContext, kind: string, binding: KubernetesObject): readonly DesignRecord[] {
  const name = stringAt(binding, 'roleRef', 'name') ?? '';
  return context.objects(kind, RBAC).filter(({ object }) => nameOf(object) === name);
}

/** The roles that make up another, by their labels. */
function aggregated(context: LintContext, role: DesignRecord): readonly DesignRecord[] {
  return arrayAt(role.object, 'aggregationRule', 'clusterRoleSelectors').flatMap((entry) => {
    const selector = parseLabelSelector({ matchLabels: valueAt(entry, 'matchLabels') ?? {} });
    return context.objects('ClusterRole', RBAC).filter(({ object }) => selectsObject(selector, object));
  });
}

function accessesOf(role: KubernetesObject, isResource: Test, isVerb: Test): Access {
  const passes = (test: Test) => (word: JsonValue) => typeof word === 'string' && (word === '*' || test(word));
  const given = { resources: new Set<string>(), verbs: new Set<string>() };
  for (const rule of arrayAt(role, 'rules')) {
    const resources = arrayAt(rule, 'resources').filter(passes(isResource));
    const verbs = arrayAt(rule, 'verbs').filter(passes(isVerb));
    if (resources.length === 0 || verbs.length === 0) continue;
    for (const word of resources) given.resources.add(String(word));
    for (const word of verbs) given.verbs.add(String(word));
  }
  return { resources: [...given.resources], verbs: [...given.verbs] };
}

/** `ServiceAccount dev/web, Group admins`. */
export function subjectsOf(binding: KubernetesObject): string {
  return arrayAt(binding, 'subjects')
    .map((subject) => {
      const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((key) => stringAt(subject, key) ?? '');
      return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
    })
    .join(', ');
}

interface RuleView {
  readonly rule: JsonValue;
  readonly at: Path;
}

/** A lint that looks at one rule of a Role or ClusterRole at a time. */
export function perRule(look: (rule: RuleView) => Iterable<Spot>): Lint['find'] {
  const spots = ({ object }: DesignRecord): readonly Spot[] =>
    arrayAt(object, 'rules').flatMap((rule, index) => [...look({ rule, at: ['rules', index] })]);
  return (context) => [
    ...perObject('Role', [RBAC], spots)(context),
    ...perObject('ClusterRole', [RBAC], spots)(context),
  ];
}

/** A lint that looks at one RoleBinding or ClusterRoleBinding at a time. */
export function perBinding(look: (binding: DesignRecord) => Iterable<Spot>): Lint['find'] {
  return (context) => [
    ...perObject('RoleBinding', [RBAC], look)(context),
    ...perObject('ClusterRoleBinding', [RBAC], look)(context),
  ];
}

/** Whether a list of a rule names a word. A `*` is found by the lint of wildcards. */
export function names(rule: JsonValue, list: 'apiGroups' | 'resources' | 'verbs', word: string): boolean {
  return arrayAt(rule, list).includes(word);
}

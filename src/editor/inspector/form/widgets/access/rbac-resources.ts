import { arrayAt } from '../../../../../base/json.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import type { KindRegistry } from '../../../../../kinds/registry.ts';
import { BUILT_IN_RESOURCES, isServed } from '../../../../../openapi/resource.ts';

/** A resource as RBAC rules name it, and its group. */
export interface RuleResource {
  readonly group: string;
  /** `pods`, `pods/log`. */
  readonly resource: string;
}

/** Every resource and subresource that the pinned release serves, then those of the kinds that the design brings. */
export function knownResources({ definitions }: KindRegistry): readonly RuleResource[] {
  const served = BUILT_IN_RESOURCES.filter(({ versions }) => versions.some((version) => isServed(version)));
  const builtIn = served.flatMap(({ group, plural, subresources }) =>
    [plural, ...subresources.map((sub) => `${plural}/${sub}`)].map((resource) => ({ group, resource })),
  );
  const known = new Set(builtIn.map(textOf));
  const brought = definitions.map(({ group, resource }) => ({ group, resource }));
  return [...builtIn, ...brought.filter((one) => !known.has(textOf(one)))];
}

/** As kubectl writes a resource with its group: `deployments.apps/scale`, `pods/log`. */
export function textOf({ group, resource }: RuleResource): string {
  const [plural = '', sub] = resource.split('/');
  return `${plural}${group === '' ? '' : `.${group}`}${sub === undefined ? '' : `/${sub}`}`;
}

/** What was typed: with its group where one is written; the group of the only resource of that name where none is. */
export function readResource(text: string, known: readonly RuleResource[]): { group?: string; resource: string } {
  const exact = known.find((one) => textOf(one) === text);
  if (exact) return exact;
  const [name = '', sub] = text.split('/');
  const [plural = '', ...group] = name.split('.');
  const resource = sub === undefined ? plural : `${plural}/${sub}`;
  if (group.length > 0) return { group: group.join('.'), resource };
  const groups = [...new Set(known.filter((one) => one.resource === resource).map((one) => one.group))];
  return groups.length === 1 ? { group: groups[0]!, resource } : { resource };
}

/** Groups that a resource of a rule is in, of all that are known. */
export function groupsOf(resource: string, known: readonly RuleResource[]): readonly string[] {
  return [...new Set(known.filter((one) => one.resource === resource).map(({ group }) => group))];
}

/** Resources of a rule that none of its groups has: they allow nothing. Source: rbac/v1 PolicyRule, 1.36. */
export function strayResources(rule: JsonValue, known: readonly RuleResource[]): readonly RuleResource[] {
  const groups = arrayAt(rule, 'apiGroups');
  if (groups.includes('*')) return [];
  return arrayAt(rule, 'resources').flatMap((resource) => {
    if (typeof resource !== 'string') return [];
    const possible = groupsOf(resource, known);
    const [first] = possible;
    return first === undefined || possible.some((group) => groups.includes(group)) ? [] : [{ group: first, resource }];
  });
}

/** Verbs of every resource, in the order in which people read them. */
export const USUAL_VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/**
 * Verbs beyond those of requests. Source: plugin/pkg/auth/authorizer/rbac and pkg/registry/rbac/escalation_check.go,
 * pkg/registry/certificates, 1.36.
 */
export const MORE_VERBS = ['*', 'bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest', 'use'];

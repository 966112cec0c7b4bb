import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';

/** A rule of a role as it is written. */
export interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

const FIELDS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const;

export function policyRulesOf(role: KubernetesObject | undefined): readonly PolicyRule[] {
  return arrayAt(role, 'rules').map(policyRuleFrom);
}

function policyRuleFrom(rule: JsonValue): PolicyRule {
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const values = arrayAt(rule, field).flatMap((value) => asString(value) ?? []);
      return values.length === 0 ? [] : [[field, values]];
    }),
  );
}

const NONE: readonly string[] = [];
const has = (all: readonly string[] = NONE, one: string): boolean => all.includes(one);
const hasAll = (all: readonly string[] = NONE, some: readonly string[] = NONE): boolean =>
  some.every((one) => all.includes(one));

/**
 * What rules allow that others do not, each verb, resource and name for itself.
 * Source: staging/src/k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go `Covers`, 1.36.
 */
export function uncoveredRules(owner: readonly PolicyRule[], servant: readonly PolicyRule[]): readonly PolicyRule[] {
  return servant.flatMap(brokenDown).filter((rule) => !owner.some((other) => covers(other, rule)));
}

/** Source: `BreakdownRule`. */
function brokenDown({ verbs = NONE, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): PolicyRule[] {
  const found: PolicyRule[] = [];
  for (const group of apiGroups ?? NONE)
    for (const resource of resources ?? NONE)
      for (const verb of verbs) {
        const rule = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames === undefined || resourceNames.length === 0) found.push(rule);
        else for (const name of resourceNames) found.push({ ...rule, resourceNames: [name] });
      }
  for (const url of nonResourceURLs ?? NONE)
    for (const verb of verbs) found.push({ nonResourceURLs: [url], verbs: [verb] });
  return found;
}

/** Source: `ruleCovers`. */
function covers(owner: PolicyRule, rule: PolicyRule): boolean {
  const isAnyName = (owner.resourceNames ?? NONE).length === 0;
  const isNamed = (rule.resourceNames ?? NONE).length > 0;
  return (
    (has(owner.verbs, '*') || hasAll(owner.verbs, rule.verbs)) &&
    (has(owner.apiGroups, '*') || hasAll(owner.apiGroups, rule.apiGroups)) &&
    coversResources(owner.resources ?? NONE, rule.resources ?? NONE) &&
    (isAnyName || (isNamed && hasAll(owner.resourceNames, rule.resourceNames))) &&
    (rule.nonResourceURLs ?? NONE).every((url) => (owner.nonResourceURLs ?? NONE).some((own) => urlCovers(own, url)))
  );
}

function coversResources(owner: readonly string[], asked: readonly string[]): boolean {
  if (owner.includes('*')) return true;
  return asked.every((resource) => {
    const slash = resource.indexOf('/');
    return owner.includes(resource) || (slash >= 0 && owner.includes(`*${resource.slice(slash)}`));
  });
}

/** Source: `nonResourceURLCovers`. */
export function urlCovers(owner: string, asked: string): boolean {
  return owner === asked || (owner.endsWith('*') && asked.startsWith(owner.replace(/\*+$/, '')));
}

/**
 * Rules of one resource that differ by verb as one.
 * Source: pkg/registry/rbac/validation/policy_compact.go `CompactRules`, 1.36.
 */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules) {
    if (!isSimple(rule)) {
      others.push(rule);
      continue;
    }
    const { verbs, ...rest } = rule;
    const key = JSON.stringify(rest);
    const before = simple.get(key);
    const together = [...(before?.verbs ?? NONE), ...(verbs ?? NONE)];
    simple.set(key, together.length === 0 ? rest : { ...rest, verbs: together });
  }
  return [...others, ...simple.values()];
}

/** Of one group and one resource, of one name at most, and nothing else. Source: `isSimpleResourceRule`. */
export function isSimple({ apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): boolean {
  if ((resourceNames ?? NONE).length > 1 || (nonResourceURLs ?? NONE).length > 0) return false;
  return apiGroups?.length === 1 && resources?.length === 1;
}

/** Rules as messages print them, in order. Source: pkg/apis/rbac/v1/evaluation_helpers.go `CompactString`, 1.36. */
export function printRules(rules: readonly PolicyRule[]): readonly string[] {
  return [...new Set(rules.map(printRule))].sort(compareStrings);
}

const PRINTED = [
  ['APIGroups', 'apiGroups'],
  ['Resources', 'resources'],
  ['NonResourceURLs', 'nonResourceURLs'],
  ['ResourceNames', 'resourceNames'],
  ['Verbs', 'verbs'],
] as const;

function printRule(rule: PolicyRule): string {
  const parts = PRINTED.flatMap(([name, field]) => {
    const values = rule[field] ?? NONE;
    return values.length === 0 ? [] : [`${name}:${printTexts(values)}`];
  });
  return `{${parts.join(', ')}}`;
}

/** A list as Go's `%q` prints it. */
export function printTexts(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(' ')}]`;
}

import type { LabelOperator } from '../../apimachinery/label-requirement.ts';
import { matchesRequirement } from '../../apimachinery/label-requirement.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, asString, stringAt } from '../../base/json.ts';
import type { ScopeRequirement } from './quota-evaluator.ts';

/**
 * The conditions on what a quota counts; all must hold.
 * Source: staging/src/k8s.io/apiserver/pkg/quota/v1/generic/evaluator.go `getScopeSelectorsFromQuota`, 1.36.
 */
export function scopesOf(quota: KubernetesObject): readonly ScopeRequirement[] {
  const scopes = arrayAt(quota, 'spec', 'scopes')
    .map(asString)
    .filter((scope) => scope !== undefined);
  return [
    ...scopes.map((scopeName) => ({ scopeName, operator: 'Exists', values: [] })),
    ...arrayAt(quota, 'spec', 'scopeSelector', 'matchExpressions').map(scopeRequirementOf),
  ];
}

export function scopeRequirementOf(written: JsonValue): ScopeRequirement {
  return {
    scopeName: stringAt(written, 'scopeName') ?? '',
    operator: stringAt(written, 'operator') ?? '',
    values: arrayAt(written, 'values')
      .map(asString)
      .filter((value) => value !== undefined),
  };
}

const OPERATORS: readonly LabelOperator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/**
 * Whether the classes that an object names meet a condition, read as one on a label of the scope's name.
 * Source: pkg/apis/core/v1/helper/helpers.go `ScopedResourceSelectorRequirementsAsSelector`, 1.36.
 */
export function meetsScope({ scopeName, operator, values }: ScopeRequirement, names: ReadonlySet<string>): boolean {
  const found = OPERATORS.find((candidate) => candidate === operator);
  if (found === undefined) return false;
  const requirement = { key: scopeName, operator: found, values };
  if (names.size === 0) return matchesRequirement(requirement, new Map());
  return [...names].some((name) => matchesRequirement(requirement, new Map([[scopeName, name]])));
}

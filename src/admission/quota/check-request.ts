import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import {
  ZERO,
  compareQuantities,
  formatQuantity,
  signOfQuantity,
  subtractQuantities,
} from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { addResources, resourceListOf, sameResources, withoutZeros } from '../../apimachinery/resource-list.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { nameAt, valueAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import { formatGroupResource } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { forbidden, plainError } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { withFields } from '../edit-object.ts';
import type { QuotaEvaluator, ScopeRequirement } from './quota-evaluator.ts';
import { scopeRequirementOf, scopesOf } from './scopes.ts';

export const RESOURCE_QUOTA: GroupKind = { group: '', kind: 'ResourceQuota' };

/** Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/apis/resourcequota/types.go, 1.36. */
export interface LimitedResource {
  readonly apiGroup?: string;
  readonly resource: string;
  /** Parts of names of resources that a quota must count before anybody may use them. */
  readonly matchContains?: readonly string[];
  /** Scopes that a quota must cover, as in a `scopeSelector`. */
  readonly matchScopes?: readonly JsonValue[];
}

export interface QuotaCheck {
  readonly request: AdmissionRequest;
  readonly cluster: ClusterView;
  readonly evaluator: QuotaEvaluator;
  readonly quotas: readonly KubernetesObject[];
  readonly limitedResources: readonly LimitedResource[];
}

/**
 * Whether all quotas have room for a request, and the quotas with what is used then.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go `CheckRequest`, 1.36.
 */
export function checkRequest(check: QuotaCheck): Answer {
  const { request, cluster, evaluator } = check;
  const { object } = request;
  if (object === undefined) return undefined;
  const concerned = concernedQuotas(check, object);
  if (!Array.isArray(concerned)) return concerned as Answer;
  const quotas = concerned as readonly CountedQuota[];
  const usage = evaluator.usage(object, cluster);
  const negative = [...usage].filter(([, quantity]) => signOfQuantity(quantity) < 0).map(([name]) => name);
  if (negative.length > 0)
    return forbidden(
      request,
      `quota usage is negative for resource(s): ${[...negative].sort(compareStrings).join(',')}`,
    );
  const charges = chargesOf(check, usage, quotas);
  if (charges.every(({ added }) => added.size === 0)) return undefined;
  return uncovered(check, object, usage, quotas) ?? charge(request, charges);
}

interface CountedQuota {
  readonly quota: KubernetesObject;
  readonly hard: ResourceList;
  readonly used: ResourceList;
  /** Names of what the quota counts of this resource. */
  readonly counted: readonly string[];
}

function quotaKey(quota: KubernetesObject) {
  return { ...RESOURCE_QUOTA, namespace: nameAt(quota, 'metadata', 'namespace') ?? '', name: nameOf(quota) };
}

/** The quotas that count the object, or a refusal where one cannot. */
function concernedQuotas({ request, cluster, evaluator, quotas }: QuotaCheck, object: KubernetesObject) {
  const concerned: CountedQuota[] = [];
  for (const quota of quotas) {
    const hard = resourceListOf(valueAt(quota, 'status', 'hard'));
    const counted = evaluator.matchingResources([...hard.keys()], cluster);
    if (counted.length === 0 || !matches(evaluator, quota, object)) continue;
    const missing = evaluator.missing?.(counted, object);
    const objects = [quotaKey(quota)];
    if (missing !== undefined) return forbidden(request, `failed quota: ${nameOf(quota)}: ${missing}`, { objects });
    const used = resourceListOf(valueAt(quota, 'status', 'used'));
    if (counted.some((name) => hard.has(name) && !used.has(name))) {
      const names = [...counted].sort(compareStrings).join(',');
      return forbidden(request, `status unknown for quota: ${nameOf(quota)}, resources: ${names}`, { objects });
    }
    concerned.push({ quota, hard, used, counted });
  }
  return concerned;
}

function matches(evaluator: QuotaEvaluator, quota: KubernetesObject, object: KubernetesObject): boolean {
  return scopesOf(quota).every((scope) => evaluator.isInScope?.(scope, object) ?? false);
}

interface Charge {
  readonly counted?: CountedQuota;
  readonly added: ResourceList;
}

/** What each quota is charged: all, or on an update what is new; one entry without quota where none is concerned. */
function chargesOf(
  { request, cluster, evaluator }: QuotaCheck,
  usage: ResourceList,
  quotas: readonly CountedQuota[],
): readonly Charge[] {
  const { oldObject, operation } = request;
  const isUpdate =
    operation === 'UPDATE' && oldObject !== undefined && nameAt(oldObject, 'metadata', 'resourceVersion') !== undefined;
  const added = isUpdate ? newlyUsed(usage, evaluator.usage(oldObject, cluster)) : usage;
  if (quotas.length === 0) return [{ added: withoutZeros(added) }];
  return quotas.map((counted) => {
    const wasCounted = isUpdate && matches(evaluator, counted.quota, oldObject);
    return { counted, added: withoutZeros(wasCounted ? added : usage) };
  });
}

/** `SubtractWithNonNegativeResult`. */
function newlyUsed(usage: ResourceList, before: ResourceList): ResourceList {
  const names = new Set([...usage.keys(), ...before.keys()]);
  return new Map(
    [...names].map((name) => {
      const quantity = usage.get(name);
      const was = before.get(name);
      const rest = quantity === undefined || was === undefined ? (quantity ?? ZERO) : subtractQuantities(quantity, was);
      return [name, signOfQuantity(rest) > 0 ? rest : ZERO];
    }),
  );
}

/** What the plugin's configuration lets nobody use without a quota. */
function uncovered(
  { request, evaluator, quotas, limitedResources }: QuotaCheck,
  object: KubernetesObject,
  usage: ResourceList,
  concerned: readonly CountedQuota[],
): Answer {
  const covered = new Set(concerned.flatMap(({ counted }) => counted));
  const names = limitedResources
    .filter(
      ({ apiGroup = '', resource }) =>
        formatGroupResource(request.resource) === formatGroupResource({ group: apiGroup, resource }),
    )
    .flatMap(({ matchContains = [] }) =>
      [...usage].filter(
        ([name, quantity]) => signOfQuantity(quantity) > 0 && matchContains.some((part) => name.includes(part)),
      ),
    )
    .map(([name]) => name)
    .filter((name) => !covered.has(name));
  if (names.length > 0)
    return forbidden(request, `insufficient quota to consume: ${[...new Set(names)].sort(compareStrings).join(',')}`);
  const isOf = (scope: ScopeRequirement): boolean => evaluator.isInScope?.(scope, object) ?? false;
  const coveredScopes = new Set(
    quotas
      .flatMap(scopesOf)
      .filter(isOf)
      .map(({ scopeName }) => scopeName),
  );
  const scopes = limitedResources
    .flatMap(({ matchScopes = [] }) => matchScopes.map(scopeRequirementOf))
    .filter((scope) => isOf(scope) && !coveredScopes.has(scope.scopeName));
  if (scopes.length === 0) return undefined;
  const words = scopes.map(({ scopeName, operator, values }) => `{${scopeName} ${operator} [${values.join(' ')}]}`);
  return plainError(`insufficient quota to match these scopes: [${words.join(' ')}]`);
}

function charge(request: AdmissionRequest, charges: readonly Charge[]): Answer {
  const writes: KubernetesObject[] = [];
  for (const { counted, added } of charges) {
    if (counted === undefined || added.size === 0) continue;
    const { quota, hard, used } = counted;
    const requested = masked(added, [...hard.keys()]);
    const total = addResources(used, requested);
    const exceeded = [...hard.keys()].filter(
      (name) => requested.has(name) && compareQuantities(total.get(name) ?? ZERO, hard.get(name)!) > 0,
    );
    if (exceeded.length > 0 && request.subresource !== 'status') {
      const [wanted, before, limited] = [requested, used, hard].map((list) => shown(masked(list, exceeded)));
      const words = `exceeded quota: ${nameOf(quota)}, requested: ${wanted!}, used: ${before!}, limited: ${limited!}`;
      return forbidden(request, words, { objects: [quotaKey(quota)] });
    }
    if (!sameResources(used, total)) writes.push(withFields(quota, ['status'], { used: printed(total) }));
  }
  return request.dryRun || writes.length === 0 ? undefined : { writes };
}

function masked(list: ResourceList, names: readonly string[]): ResourceList {
  return new Map([...list].filter(([name]) => names.includes(name)));
}

function shown(list: ResourceList): string {
  const entries = [...list].sort(([a], [b]) => compareStrings(a, b));
  return entries.map(([name, quantity]) => `${name}=${formatQuantity(quantity)}`).join(',');
}

function printed(list: ReadonlyMap<string, Quantity>) {
  return Object.fromEntries([...list].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

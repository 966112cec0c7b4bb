import { conditionsOf } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Indexes } from './indexes.ts';
import { parseIndexes } from './indexes.ts';

/** What the policy of a Job makes of a failed Pod. */
export interface PolicyMatch {
  /** Why the whole Job fails; undefined where it does not. */
  readonly failsJob?: string;
  readonly failsIndex?: true;
  /** Whether the failure counts against the limit. */
  readonly counts: boolean;
}

/** Source: pkg/controller/job/pod_failure_policy.go `matchPodFailurePolicy`, 1.36. */
export function matchPodFailurePolicy(job: KubernetesObject, pod: KubernetesObject): PolicyMatch {
  const place = `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`;
  for (const [index, rule] of arrayAt(job, 'spec', 'podFailurePolicy', 'rules').entries()) {
    const action = stringAt(rule, 'action') ?? '';
    const codes = valueAt(rule, 'onExitCodes');
    const container = matchingContainer(pod, codes);
    const condition = codes === undefined ? matchingCondition(pod, arrayAt(rule, 'onPodConditions')) : undefined;
    if (container === undefined && condition === undefined) continue;
    if (action === 'Ignore') return { counts: false };
    if (action === 'FailIndex') return { counts: true, failsIndex: true };
    if (action === 'Count') return { counts: true };
    if (action !== 'FailJob') continue;
    const failsJob =
      container === undefined
        ? `Pod ${place} has condition ${condition!} matching ${action} rule at index ${index}`
        : `Container ${container.name} for pod ${place} failed with exit code ${container.code} matching ${action} rule at index ${index}`;
    return { counts: true, failsJob };
  }
  return { counts: true };
}

function matchingContainer(
  pod: KubernetesObject,
  requirement: JsonValue | undefined,
): { readonly name: string; readonly code: number } | undefined {
  if (requirement === undefined || requirement === null) return undefined;
  const wanted = nameAt(requirement, 'containerName');
  const values = arrayAt(requirement, 'values');
  const isIn = stringAt(requirement, 'operator') === 'In';
  for (const list of ['containerStatuses', 'initContainerStatuses'])
    for (const status of arrayAt(pod, 'status', list)) {
      const code = numberAt(status, 'state', 'terminated', 'exitCode');
      const name = stringAt(status, 'name') ?? '';
      if (code === undefined || code === 0 || (wanted !== undefined && wanted !== name)) continue;
      if (values.includes(code) === isIn) return { name, code };
    }
  return undefined;
}

function matchingCondition(pod: KubernetesObject, patterns: readonly JsonValue[]): string | undefined {
  for (const condition of conditionsOf(pod))
    for (const pattern of patterns)
      if (
        stringAt(condition, 'type') === stringAt(pattern, 'type') &&
        stringAt(condition, 'status') === (stringAt(pattern, 'status') ?? 'True')
      )
        return stringAt(condition, 'type');
  return undefined;
}

/**
 * Why a Job is good enough before all is done; undefined where it is not.
 * Source: pkg/controller/job/success_policy.go, 1.36.
 */
export function matchSuccessPolicy(job: KubernetesObject, succeeded: Indexes): string | undefined {
  if (succeeded.length === 0) return undefined;
  const completions = numberAt(job, 'spec', 'completions') ?? 0;
  for (const [index, rule] of arrayAt(job, 'spec', 'successPolicy', 'rules').entries()) {
    const wanted = stringAt(rule, 'succeededIndexes');
    const count = numberAt(rule, 'succeededCount');
    const required = wanted === undefined ? undefined : new Set(parseIndexes(wanted, completions));
    if (required?.size === 0) continue;
    const met = required === undefined ? succeeded.length : succeeded.filter((each) => required.has(each)).length;
    const isMet = (required !== undefined && met === required.size) || (count !== undefined && met >= count);
    if (isMet) return `Matched rules at index ${index}`;
  }
  return undefined;
}

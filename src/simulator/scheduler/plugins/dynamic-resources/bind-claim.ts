import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import { timeOf } from '../../../kernel/clock.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { arrayAt, objectAt } from '../../../../base/json.ts';
import type { ApiCall, ApiResult } from '../../../client/api-client.ts';
import type { Binding } from '../../plugin.ts';
import type { PodInfo } from '../../pod-info.ts';

/** A claim that is to be reserved for a Pod, with what was found for it where it is not allocated yet. */
export interface ClaimToBind {
  readonly claim: KubernetesObject;
  readonly allocation: JsonObject | undefined;
}

const FINALIZER = 'resource.kubernetes.io/delete-protection';
/** Source: staging/src/k8s.io/client-go/util/retry/util.go `DefaultRetry`, 1.36. */
const MOST_TRIES = 5;

/**
 * Writes finalizer, allocation and reservation; what went wrong, else. A flow.
 * Source: pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go `bindClaim`, 1.36.
 */
export function bindClaim(pod: PodInfo, { claim, allocation }: ClaimToBind, binding: Binding): string | undefined {
  const shown = `${namespaceOf(claim) ?? 'default'}/${nameOf(claim)}`;
  let current = claim;
  for (let tries = 1; ; tries++) {
    const answer = tryToBind(pod, current, allocation, shown, binding);
    if (typeof answer === 'string') return answer;
    if (answer.ok) return undefined;
    const what = allocation === undefined ? 'add reservation to' : 'add allocation and reservation to';
    if (answer.code !== 409 || tries === MOST_TRIES) return `${what} claim ${shown}: ${answer.message}`;
    const fresh = binding.call(callOf('get', claim));
    if (!fresh.ok) return `get updated claim ${shown} after conflict: ${fresh.message}`;
    current = fresh.object;
  }
}

function tryToBind(
  pod: PodInfo,
  before: KubernetesObject,
  allocation: JsonObject | undefined,
  shown: string,
  binding: Binding,
): ApiResult | string {
  let claim = before;
  if (objectAt(claim, 'metadata')?.['deletionTimestamp'] !== undefined)
    return `claim ${shown} got deleted in the meantime`;
  const stored = objectAt(claim, 'status', 'allocation');
  if (allocation === undefined && stored === undefined)
    return `claim ${shown} got deallocated elsewhere in the meantime`;
  if (allocation !== undefined) {
    if (stored !== undefined) return `claim ${shown} got allocated elsewhere in the meantime`;
    const metadata = objectAt(claim, 'metadata') ?? {};
    const finalizers = arrayAt(metadata, 'finalizers');
    if (!finalizers.includes(FINALIZER)) {
      const body: KubernetesObject = { ...claim, metadata: { ...metadata, finalizers: [...finalizers, FINALIZER] } };
      const answer = binding.call({ ...callOf('update', claim), body });
      if (!answer.ok) return answer.code === 409 ? answer : `add finalizer to claim ${shown}: ${answer.message}`;
      claim = answer.object;
    }
  }
  const given = allocation ?? stored!;
  const status: JsonObject = {
    ...objectAt(claim, 'status'),
    allocation: { allocationTimestamp: timeOf(binding.now()), ...given },
    reservedFor: [
      ...arrayAt(claim, 'status', 'reservedFor'),
      { resource: 'pods', name: nameOf(pod.pod), uid: pod.uid },
    ],
  };
  return binding.call({ ...callOf('update', claim), subresource: 'status', body: { ...claim, status } });
}

function callOf(verb: 'get' | 'update', claim: KubernetesObject): ApiCall {
  return {
    verb,
    resource: { group: 'resource.k8s.io', version: 'v1', plural: 'resourceclaims' },
    namespace: namespaceOf(claim) ?? 'default',
    name: nameOf(claim),
  };
}

import { hasFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { Outcome, ReconcileContext } from '../controller.ts';
import { PODS, RESOURCE_CLAIMS } from '../resources.ts';
import { isTerminal } from '../workload/pod-state.ts';
import { owningPod } from './claim-from-template.ts';

const FINALIZER = 'resource.kubernetes.io/delete-protection';

/** A Pod that will not run any more. Source: pkg/controller/resourceclaim/controller.go `isPodDone`, 1.36. */
export function isPodDone(pod: KubernetesObject): boolean {
  if (isTerminal(pod)) return true;
  return isBeingDeleted(pod) && nameAt(pod, 'spec', 'nodeName') === undefined;
}

/** Takes back what nobody uses any more. Source: controller.go `syncClaim`, 1.36. */
export function syncClaim(context: ReconcileContext, key: string): Outcome | undefined {
  const claim = context.view(RESOURCE_CLAIMS).getKey(key);
  if (claim === undefined) return undefined;
  const reservedFor = arrayAt(claim, 'status', 'reservedFor');
  const remaining = reservedFor.filter((consumer) => isStillThere(context, claim, consumer));
  const isProtected = hasFinalizer(claim, FINALIZER);
  if (remaining.length < reservedFor.length) {
    const failed = writeReservations(context, claim, remaining, isProtected);
    if (failed !== undefined) return failed;
  } else if (isProtected && isBeingDeleted(claim) && remaining.length === 0) {
    const failed = letGo(context, claim);
    if (failed !== undefined) return failed;
  }
  return remaining.length === 0 ? deleteUnused(context, claim) : undefined;
}

function isStillThere(context: ReconcileContext, claim: KubernetesObject, consumer: JsonValue): boolean {
  if (nameAt(consumer, 'apiGroup') !== undefined || stringAt(consumer, 'resource') !== 'pods') return true;
  const [namespace, name] = [namespaceOf(claim) ?? 'default', stringAt(consumer, 'name') ?? ''];
  const uid = nameAt(consumer, 'uid');
  const cached = context.view(PODS).get(namespace, name);
  if (cached !== undefined) return nameAt(cached, 'metadata', 'uid') === uid && !isPodDone(cached);
  // The cache may be behind.
  const answer = context.api.call({ verb: 'get', resource: PODS, namespace, name });
  return answer.ok ? nameAt(answer.object, 'metadata', 'uid') === uid : answer.code !== 404;
}

function writeReservations(
  context: ReconcileContext,
  claim: KubernetesObject,
  remaining: readonly JsonValue[],
  isProtected: boolean,
): Outcome | undefined {
  const { allocation, reservedFor: _before, ...rest } = objectAt(claim, 'status') ?? {};
  const isKept = allocation !== undefined && !(remaining.length === 0 && isProtected);
  const status: JsonObject = {
    ...rest,
    ...(isKept ? { allocation } : {}),
    ...(remaining.length === 0 ? {} : { reservedFor: remaining }),
  };
  const answer = context.api.call({ ...updateOf(claim), subresource: 'status', body: { ...claim, status } });
  if (!answer.ok) return { failed: answer.message };
  return isProtected && !isKept ? withoutFinalizer(context, answer.object) : undefined;
}

/** A claim that is being deleted gives its devices back first. */
function letGo(context: ReconcileContext, claim: KubernetesObject): Outcome | undefined {
  const { allocation, ...status } = objectAt(claim, 'status') ?? {};
  if (allocation === undefined) return withoutFinalizer(context, claim);
  const answer = context.api.call({ ...updateOf(claim), subresource: 'status', body: { ...claim, status } });
  return answer.ok ? withoutFinalizer(context, answer.object) : { failed: answer.message };
}

function withoutFinalizer(context: ReconcileContext, claim: KubernetesObject): Outcome | undefined {
  const metadata = objectAt(claim, 'metadata') ?? {};
  const finalizers = arrayAt(metadata, 'finalizers').filter((name) => name !== FINALIZER);
  const answer = context.api.call({ ...updateOf(claim), body: { ...claim, metadata: { ...metadata, finalizers } } });
  return answer.ok ? undefined : { failed: answer.message };
}

/** A claim that was made for a Pod that has ended goes at once; with the Pod it would go too. */
function deleteUnused(context: ReconcileContext, claim: KubernetesObject): Outcome | undefined {
  const owner = owningPod(claim);
  if (owner === undefined) return undefined;
  const namespace = namespaceOf(claim) ?? 'default';
  const pod = context.view(PODS).get(namespace, owner.name);
  if (pod === undefined || (nameAt(pod, 'metadata', 'uid') === owner.uid && !isPodDone(pod))) return undefined;
  const answer = context.api.call({ verb: 'delete', resource: RESOURCE_CLAIMS, namespace, name: nameOf(claim) });
  if (answer.ok) return undefined;
  return { failed: `delete unused generated claim ${namespace}/${nameOf(claim)}: ${answer.message}` };
}

function updateOf(claim: KubernetesObject): ApiCall {
  const namespace = namespaceOf(claim) ?? 'default';
  return { verb: 'update', resource: RESOURCE_CLAIMS, namespace, name: nameOf(claim) };
}

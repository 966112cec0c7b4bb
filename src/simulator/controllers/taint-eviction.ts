import { findCondition, conditionsOf, setCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { taintsOf, toleratesTaint, tolerationsOf } from '../../apimachinery/taints.ts';
import type { JsonValue } from '../../base/json.ts';
import { nameAt, numberAt, stringAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import type { Controller, Outcome, ReconcileContext } from './controller.ts';
import { NODES, PODS } from './resources.ts';

/** What is remembered of a Pod that is to go. JSON. */
interface Scheduled {
  readonly sinceMs: number;
}

/**
 * Deletes Pods whose Node has a NoExecute taint that they do not tolerate, or no longer.
 * Source: pkg/controller/tainteviction/taint_eviction.go, 1.36.
 */
export const taintEviction: Controller = {
  name: 'taint-eviction-controller',
  account: 'node-controller',
  workers: 8,
  watches: [
    {
      resource: NODES,
      keysOf({ object, old, type }, caches) {
        const had = old !== undefined && noExecute(old).length > 0;
        if (type === 'DELETED' || (!had && noExecute(object).length === 0)) return [];
        return caches
          .view(PODS)
          .indexed('node', nameOf(object))
          .map((pod) => `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`);
      },
    },
    {
      resource: PODS,
      keysOf({ key, object, type }, caches) {
        const node = caches.view(NODES).get(undefined, nameAt(object, 'spec', 'nodeName') ?? '');
        return type !== 'DELETED' && node !== undefined && noExecute(node).length > 0 ? [key] : [];
      },
    },
  ],
  reconcile(context, key) {
    const pod = context.view(PODS).getKey(key);
    const node = pod && context.view(NODES).get(undefined, nameAt(pod, 'spec', 'nodeName') ?? '');
    if (pod === undefined || node === undefined || isBeingDeleted(pod)) {
      context.remember(undefined);
      return undefined;
    }
    return check(context, pod, node);
  },
};

function noExecute(node: KubernetesObject): readonly JsonValue[] {
  return taintsOf(node).filter((taint) => stringAt(taint, 'effect') === 'NoExecute');
}

function check(context: ReconcileContext, pod: KubernetesObject, node: KubernetesObject): Outcome | undefined {
  const scheduled = context.memory as Scheduled | undefined;
  const taints = noExecute(node);
  const leftMs = toleratedMs(pod, taints);
  if (leftMs === Infinity) {
    context.remember(undefined);
    if (scheduled !== undefined) tell(context, pod, `Cancelling deletion of Pod ${namespaceOf(pod)!}/${nameOf(pod)}`);
    return undefined;
  }
  const sinceMs = scheduled?.sinceMs ?? context.nowMs;
  const waitMs = sinceMs + leftMs - context.nowMs;
  if (waitMs > 0) {
    context.remember({ sinceMs } satisfies Scheduled);
    return { requeueAfterMs: waitMs };
  }
  context.remember(undefined);
  return evict(context, pod);
}

/** How long the Pod may stay: 0 where a taint is not tolerated at all, Infinity where all are for ever. */
function toleratedMs(pod: KubernetesObject, taints: readonly JsonValue[]): number {
  if (taints.length === 0) return Infinity;
  const tolerations = tolerationsOf(pod);
  let leastMs = Infinity;
  for (const taint of taints) {
    const matching = tolerations.filter((toleration) => toleratesTaint(toleration, taint));
    if (matching.length === 0) return 0;
    for (const toleration of matching) {
      const seconds = numberAt(toleration, 'tolerationSeconds');
      if (seconds !== undefined) leastMs = Math.min(leastMs, Math.max(0, seconds) * 1000);
    }
  }
  return leastMs;
}

function tell(context: ReconcileContext, pod: KubernetesObject, message: string): void {
  context.event(pod, 'Normal', 'TaintManagerEviction', message);
}

function evict(context: ReconcileContext, pod: KubernetesObject): Outcome | undefined {
  const place = { resource: PODS, namespace: namespaceOf(pod)!, name: nameOf(pod) };
  tell(context, pod, `Marking for deletion Pod ${place.namespace}/${place.name}`);
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  } as const;
  const conditions = setCondition(conditionsOf(pod), target, timeOf(context.nowMs));
  const patched = context.api.call({
    ...place,
    verb: 'patch',
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'Pod', status: { conditions: [findCondition(conditions, target.type)!] } },
  });
  if (!patched.ok && patched.code !== 404) return { failed: patched.message };
  const deleted = context.api.call({ ...place, verb: 'delete' });
  return deleted.ok || deleted.code === 404 ? undefined : { failed: deleted.message };
}

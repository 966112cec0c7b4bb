import { findCondition, conditionsOf, setCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { taintsOf, toleratesTaint, tolerationsOf } from '../../../apimachinery/taints.ts';
import type { JsonValue } from '../../../base/json.ts';
import { nameAt, numberAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { NODES, PODS } from '../resources.ts';

/** What is remembered of a Pod that is to go, in milliseconds of the run. JSON. */
interface Scheduled {
  readonly dueMs: number;
}

/** Source: pkg/controller/tainteviction/taint_eviction.go `retries` and `deletePodHandler`, 1.36. */
const RETRIES = 5;
const RETRY_MS = 10;

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
        if (type === 'DELETED' || isSame(old === undefined ? [] : noExecute(old), noExecute(object))) return [];
        return caches
          .view(PODS)
          .indexed('node', nameOf(object))
          .map((pod) => `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`);
      },
    },
    {
      resource: PODS,
      keysOf({ key, object, old, type }, caches) {
        if (type !== 'DELETED' && old !== undefined && isSame(staysWith(old), staysWith(object))) return [];
        const node = caches.view(NODES).get(undefined, nameAt(object, 'spec', 'nodeName') ?? '');
        return node !== undefined && noExecute(node).length > 0 ? [key] : [];
      },
    },
  ],
  reconcile(context, key) {
    const pod = context.view(PODS).getKey(key);
    if (pod === undefined) {
      const [namespace = '', name = ''] = key.split('/');
      return cancel(context, { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } });
    }
    const node = context.view(NODES).get(undefined, nameAt(pod, 'spec', 'nodeName') ?? '');
    // What was begun before the Node went goes on.
    return node === undefined ? dueOf(context, pod) : check(context, pod, noExecute(node));
  },
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What of a Pod decides how long it stays. */
function staysWith(pod: KubernetesObject): unknown {
  return [nameAt(pod, 'spec', 'nodeName') ?? '', tolerationsOf(pod)];
}

function noExecute(node: KubernetesObject): readonly JsonValue[] {
  return taintsOf(node).filter((taint) => stringAt(taint, 'effect') === 'NoExecute');
}

/** Source: taint_eviction.go `processPodOnNode`. */
function check(context: ReconcileContext, pod: KubernetesObject, taints: readonly JsonValue[]): Outcome | undefined {
  const scheduled = context.memory as Scheduled | undefined;
  const leftMs = toleratedMs(tolerationsOf(pod), taints);
  if (leftMs === Infinity) return cancel(context, pod);
  if (leftMs === undefined) {
    cancel(context, pod);
    return evict(context, pod);
  }
  // Once it is set, other tolerations move it no more.
  if (scheduled !== undefined) return dueOf(context, pod);
  if (leftMs === 0) return evict(context, pod);
  context.remember({ dueMs: context.nowMs + leftMs } satisfies Scheduled);
  return { requeueAfterMs: leftMs };
}

/** Evicts a Pod whose time has come, and waits for it where it has not. */
function dueOf(context: ReconcileContext, pod: KubernetesObject): Outcome | undefined {
  const scheduled = context.memory as Scheduled | undefined;
  if (scheduled === undefined) return undefined;
  const waitMs = scheduled.dueMs - context.nowMs;
  return waitMs > 0 ? { requeueAfterMs: waitMs } : evict(context, pod);
}

/**
 * How long a Pod may stay: undefined where a taint is not tolerated at all, Infinity where all are for ever; of each taint the
 * first toleration counts that tolerates it.
 * Source: pkg/apis/core/v1/helper/helpers.go `GetMatchingTolerations`, taint_eviction.go `getMinTolerationTime`, 1.36.
 */
function toleratedMs(tolerations: readonly JsonValue[], taints: readonly JsonValue[]): number | undefined {
  if (taints.length === 0) return Infinity;
  const used = taints.map((taint) => tolerations.find((toleration) => toleratesTaint(toleration, taint)));
  return used.includes(undefined) ? undefined : leastTolerationMs(used);
}

/** The least time of some tolerations in milliseconds: Infinity where none has a limit, 0 where there are none. */
export function leastTolerationMs(tolerations: readonly (JsonValue | undefined)[]): number {
  if (tolerations.length === 0) return 0;
  const seconds = tolerations.flatMap((toleration) => numberAt(toleration, 'tolerationSeconds') ?? []);
  return seconds.length === 0 ? Infinity : Math.max(0, Math.min(...seconds)) * 1000;
}

function tell(context: ReconcileContext, pod: KubernetesObject, message: string): void {
  context.event(pod, 'Normal', 'TaintManagerEviction', message);
}

/** An eviction that was set is set no more. */
function cancel(context: ReconcileContext, pod: KubernetesObject): undefined {
  if (context.memory === undefined) return undefined;
  context.remember(undefined);
  tell(context, pod, `Cancelling deletion of Pod ${namespaceOf(pod)!}/${nameOf(pod)}`);
  return undefined;
}

/** Tried a few times, then given up. Source: taint_eviction.go `deletePodHandler`. */
function evict(context: ReconcileContext, pod: KubernetesObject): undefined {
  context.remember(undefined);
  tell(context, pod, `Marking for deletion Pod ${namespaceOf(pod)!}/${nameOf(pod)}`);
  for (let tried = 1; !markAndDelete(context, pod) && tried < RETRIES; tried++) context.api.sleep(RETRY_MS);
  return undefined;
}

/** Source: taint_eviction.go `addConditionAndDeletePod`. */
function markAndDelete(context: ReconcileContext, pod: KubernetesObject): boolean {
  const place = { resource: PODS, namespace: namespaceOf(pod)!, name: nameOf(pod) };
  const found = context.api.call({ ...place, verb: 'get' });
  if (!found.ok) return false;
  const generation = numberAt(found.object, 'metadata', 'generation');
  const target = {
    type: 'DisruptionTarget',
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  } as const;
  const before = conditionsOf(found.object);
  const conditions = setCondition(before, target, timeOf(context.nowMs));
  if (conditions !== before) {
    const metadata = { uid: nameAt(found.object, 'metadata', 'uid') ?? '' };
    const status = { conditions: [findCondition(conditions, target.type)!] };
    const patched = context.api.call({
      ...place,
      verb: 'patch',
      subresource: 'status',
      options: { patchType: 'strategic' },
      body: { apiVersion: 'v1', kind: 'Pod', metadata, status },
    });
    if (!patched.ok) return false;
  }
  return context.api.call({ ...place, verb: 'delete' }).ok;
}

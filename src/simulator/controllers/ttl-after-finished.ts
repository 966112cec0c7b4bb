import { conditionsOf } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { msOfMoment, parseTime } from '../../apimachinery/time.ts';
import { nameAt, numberAt, stringAt } from '../../base/json.ts';
import { RUN_BEGINS_MS } from '../kernel/clock.ts';
import type { Controller } from './controller.ts';
import { JOBS } from './resources.ts';

/**
 * Jobs go some seconds after they have finished, where they say so.
 * Source: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go, 1.36.
 */
export const ttlAfterFinished: Controller = {
  name: 'ttl-after-finished-controller',
  workers: 5,
  watches: [
    { resource: JOBS, keysOf: ({ key, type, object }) => (type !== 'DELETED' && needsCleanup(object) ? [key] : []) },
  ],
  reconcile(context, key) {
    const job = context.view(JOBS).getKey(key);
    if (job === undefined || !needsCleanup(job)) return undefined;
    const expiresMs = finishedAtMs(job) + (numberAt(job, 'spec', 'ttlSecondsAfterFinished') ?? 0) * 1000;
    if (expiresMs > context.nowMs) return { requeueAfterMs: expiresMs - context.nowMs };
    const [namespace, name] = [namespaceOf(job)!, nameOf(job)];
    // The cache may be old: somebody may have changed the time since.
    const fresh = context.api.call({ verb: 'get', resource: JOBS, namespace, name });
    if (!fresh.ok) return fresh.code === 404 ? undefined : { failed: fresh.message };
    if (!needsCleanup(fresh.object)) return undefined;
    const uid = nameAt(fresh.object, 'metadata', 'uid') ?? '';
    const deleted = context.api.call({
      verb: 'delete',
      resource: JOBS,
      namespace,
      name,
      options: { propagationPolicy: 'Foreground', preconditions: { uid } },
    });
    return deleted.ok || deleted.code === 404 ? undefined : { failed: deleted.message };
  },
};

function needsCleanup(job: KubernetesObject): boolean {
  const isGoing = isBeingDeleted(job);
  return !isGoing && numberAt(job, 'spec', 'ttlSecondsAfterFinished') !== undefined && finished(job) !== undefined;
}

function finished(job: KubernetesObject): object | undefined {
  return conditionsOf(job).find(
    (condition) =>
      stringAt(condition, 'status') === 'True' && ['Complete', 'Failed'].includes(stringAt(condition, 'type') ?? ''),
  );
}

function finishedAtMs(job: KubernetesObject): number {
  const moment = parseTime(stringAt(finished(job), 'lastTransitionTime') ?? '');
  return moment === undefined ? 0 : msOfMoment(moment) - RUN_BEGINS_MS;
}

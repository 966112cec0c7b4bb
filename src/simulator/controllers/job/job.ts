import { controllerOf, uidOf } from '../../../apimachinery/owner-reference.ts';
import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, jsonEqual, nameAt, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { JOBS, PODS } from '../resources.ts';
import { orFailed } from '../workload/sync-failure.ts';
import type { Ending } from './conditions.ts';
import { isFinished, withCondition } from './conditions.ts';
import { hasTracking } from './job-pods.ts';
import type { JobSync } from './job-sync.ts';
import { countJob, statusOf } from './job-sync.ts';
import type { Managed } from './manage-pods.ts';
import { managePods, removePods, withoutTrackingCall } from './manage-pods.ts';
import { releaseOrphans } from './orphans.ts';
import { countReleased, trackPods } from './track-pods.ts';

/** Source: pkg/controller/job/job_controller.go, 1.36: Pods that end are looked at together, once a second. */
const BATCH_MS = 1000;
const OWN = 'kubernetes.io/job-controller';

/** Source: pkg/controller/job/job_controller.go, 1.36. */
export const job: Controller = {
  name: 'job-controller',
  workers: 5,
  readsOwnWrites: true,
  watches: [
    { resource: JOBS, keysOf: ({ key }) => [key] },
    {
      resource: PODS,
      keysOf({ object, type }, caches) {
        const owner = controllerOf(object);
        if (owner === undefined && type === 'ADDED' && !isBeingDeleted(object))
          return caches
            .view(JOBS)
            .list(namespaceOf(object))
            .filter((found) => wants(found, object))
            .map(keyOf);
        if (owner?.kind !== 'Job') return [];
        const key = `${namespaceOf(object) ?? ''}/${owner.name}`;
        return type === 'ADDED' ? [key] : [{ key, afterMs: BATCH_MS }];
      },
    },
  ],
  reconcile(context, key) {
    const found = context.view(JOBS).getKey(key);
    const manager = nameAt(found, 'spec', 'managedBy');
    if (manager !== undefined && manager !== OWN) return undefined;
    const refused = releaseOrphans(context, key, found);
    if (found === undefined || isFinished(found)) {
      context.remember(undefined);
      return refused;
    }
    return refused ?? orFailed(() => syncJob(context, found));
  },
};

/** Whether a Job would adopt a Pod that nobody controls. */
function wants(found: KubernetesObject, pod: KubernetesObject): boolean {
  return selectsObject(parseLabelSelector(valueAt(found, 'spec', 'selector')), pod);
}

function keyOf(found: KubernetesObject): string {
  return `${namespaceOf(found) ?? ''}/${nameOf(found)}`;
}

function syncJob(context: ReconcileContext, found: KubernetesObject): Outcome | undefined {
  const sync = countJob(context, found);
  const isGoing = isBeingDeleted(found);
  const decided = sync.ending;
  const managed =
    decided !== undefined
      ? // Without taking the finalizers: they go when the status has told of the Pods.
        removePods(context, sync, sync.active, { releases: false })
      : isGoing
        ? { active: sync.active.length, deleted: 0, deletedReady: 0 }
        : managePods(context, sync);
  // A Job is not finished while a Pod that could not be deleted may run on.
  const ending = decided === undefined ? completed(sync, managed) : managed.failed === undefined ? decided : undefined;
  const counted = withCounts(sync, managed, statusOf(sync));
  const isManaged = decided === undefined && ending === undefined && !isGoing;
  const status = isManaged ? withSuspension(context, sync, counted) : counted;
  const written = track(context, sync, status, ending, managed);
  if (written !== undefined) return { failed: written };
  if (managed.failed !== undefined) return { failed: managed.failed };
  const waits = [managed.waitMs, sync.deadlineMs].filter((wait) => wait !== undefined && wait > 0) as number[];
  return waits.length === 0 ? undefined : { requeueAfterMs: Math.min(...waits) };
}

function completed({ completions, succeeded }: JobSync, { active }: Managed): Ending | undefined {
  const isDone = completions === undefined ? succeeded > 0 : succeeded >= completions;
  if (!isDone || active > 0) return undefined;
  const message = 'Reached expected number of succeeded pods';
  return { type: 'SuccessCriteriaMet', reason: 'CompletionsReached', message };
}

function withCounts(
  { ready, terminating }: JobSync,
  { active, deleted, deletedReady }: Managed,
  status: JsonObject,
): JsonObject {
  const { active: _active, ready: _ready, ...rest } = status;
  return {
    ...rest,
    ...(active > 0 ? { active } : {}),
    ready: ready - deletedReady,
    terminating: terminating.length + deleted,
  };
}

function withSuspension(
  context: ReconcileContext,
  { job: found, isSuspended, now }: JobSync,
  status: JsonObject,
): JsonObject {
  const before = arrayAt(status, 'conditions') as readonly JsonObject[];
  const [reason, message] = isSuspended ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed'];
  const conditions = withCondition(before, 'Suspended', isSuspended ? 'True' : 'False', reason!, message!, now);
  if (conditions === before) return status;
  context.event(found, 'Normal', isSuspended ? 'Suspended' : 'Resumed', message!);
  const { startTime: _, ...rest } = status;
  return isSuspended ? { ...rest, conditions } : { ...rest, conditions, startTime: now };
}

/** Writes what is told of Pods, lets them go, and ends the Job when all are counted. */
function track(
  context: ReconcileContext,
  sync: JobSync,
  counted: JsonObject,
  ending: Ending | undefined,
  managed: Managed,
): string | undefined {
  const { job: found, now, pods } = sync;
  const tracking = new Set(pods.filter(hasTracking).map(uidOf));
  const succeeds = ending?.type === 'SuccessCriteriaMet';
  const {
    status: told,
    release,
    isFull,
  } = trackPods(sync, countReleased(counted, tracking), ending !== undefined, succeeds);
  const interim = ending === undefined ? told : withEnding(told, ending.type, ending, now);
  let latest = found;
  if (!jsonEqual(interim, objectAt(found, 'status') ?? {})) {
    const answer = writeStatus(context, found, interim);
    if (!answer.ok) return answer.message;
    latest = answer.object;
    context.remember(sync.backoff);
  }
  const answers = context.api.callAll(release.map((pod) => withoutTrackingCall(pod)));
  release.forEach((pod, index) => {
    if (answers[index]!.ok || answers[index]!.code === 404) tracking.delete(uidOf(pod));
  });
  const released = countReleased(interim, tracking);
  const refused = answers.find((answer) => !answer.ok && answer.code !== 404);
  if (refused !== undefined && !refused.ok) {
    // What could be released is told; the rest comes with the next try.
    const partly = jsonEqual(released, interim) ? undefined : writeStatus(context, latest, released);
    return partly !== undefined && !partly.ok ? partly.message : refused.message;
  }
  const isEnded = ending !== undefined && !isFull && mayEnd(sync, released, managed);
  const final = isEnded ? finished(released, ending, now) : released;
  if (jsonEqual(final, interim)) return undefined;
  const answer = writeStatus(context, latest, final);
  if (!answer.ok) return answer.message;
  if (isEnded) tellEnd(context, found, ending);
  return undefined;
}

/** Not before all Pods are counted and none is on its way out. */
function mayEnd({ terminating }: JobSync, status: JsonObject, { deleted }: Managed): boolean {
  const uncounted = objectAt(status, 'uncountedTerminatedPods') ?? {};
  return Object.keys(uncounted).length === 0 && terminating.length + deleted === 0;
}

function withEnding(status: JsonObject, type: string, { reason, message }: Ending, now: string): JsonObject {
  const conditions = arrayAt(status, 'conditions') as readonly JsonObject[];
  return { ...status, conditions: withCondition(conditions, type, 'True', reason, message, now) };
}

function finished(status: JsonObject, ending: Ending, now: string): JsonObject {
  const isComplete = ending.type === 'SuccessCriteriaMet';
  const ended = withEnding(status, isComplete ? 'Complete' : 'Failed', ending, now);
  return isComplete ? { ...ended, completionTime: now } : ended;
}

function tellEnd(context: ReconcileContext, found: KubernetesObject, { type, reason, message }: Ending): void {
  if (type === 'FailureTarget') return context.event(found, 'Warning', reason, message);
  const completions = numberAt(found, 'spec', 'completions');
  if (completions !== undefined && (numberAt(found, 'status', 'succeeded') ?? 0) > completions)
    context.event(
      found,
      'Warning',
      'TooManySucceededPods',
      'Too many succeeded pods running after completion count reached',
    );
  context.event(found, 'Normal', 'Completed', 'Job completed');
}

function writeStatus(context: ReconcileContext, found: KubernetesObject, status: JsonObject) {
  return context.api.call({
    verb: 'update',
    resource: JOBS,
    namespace: namespaceOf(found)!,
    name: nameOf(found),
    subresource: 'status',
    body: { ...found, status },
  });
}

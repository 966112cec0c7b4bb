import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt, valueAt } from '../../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { keysOfPod } from '../replicaset/replica-controller.ts';
import { CLAIMS, CONTROLLER_REVISIONS, PODS, STATEFUL_SETS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import { nextAvailabilityMs } from '../workload/pod-state.ts';
import { fail, orFailed } from '../workload/sync-failure.ts';
import { isMemberOf } from './identity.ts';
import { listRevisions, setRevisions, truncateHistory } from './revisions.ts';
import { StatefulSetControl } from './stateful-set-control.ts';
import { writeStatus } from './status.ts';

const selectorOf = (set: KubernetesObject) => parseLabelSelector(valueAt(set, 'spec', 'selector'));
const OWNER = { kind: 'StatefulSet', resource: STATEFUL_SETS, selectorOf };

/** Source: pkg/controller/statefulset/stateful_set.go, 1.36. */
export const statefulSet: Controller = {
  name: 'statefulset-controller',
  workers: 5,
  readsOwnWrites: true,
  watches: [
    { resource: STATEFUL_SETS, keysOf: ({ key }) => [key] },
    { resource: PODS, keysOf: (event, caches) => keysOfPod(OWNER, event, caches) },
    { resource: CLAIMS, keysOf: () => [] },
    { resource: CONTROLLER_REVISIONS, keysOf: () => [] },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

function sync(context: ReconcileContext, key: string): Outcome | void {
  const set = context.view(STATEFUL_SETS).getKey(key);
  if (set === undefined) return undefined;
  const selector = selectorOf(set);
  if (selector.invalid) return undefined;
  const revisions = listRevisions(context, set);
  const candidates = ownedOrOrphaned(context.view(PODS), set);
  const owner = { owner: set, resource: STATEFUL_SETS, selector };
  const pods = claim(context, owner, candidates, PODS, (pod) => isMemberOf(set, pod));
  return syncSet(context, set, revisions, pods);
}

function syncSet(
  context: ReconcileContext,
  set: KubernetesObject,
  revisions: readonly KubernetesObject[],
  pods: readonly KubernetesObject[],
): Outcome | void {
  const known = setRevisions(context, set, revisions);
  const { status, failure } = new StatefulSetControl(context, set, known).updateSet(pods);
  const unwritten = writeStatus(context, set, status);
  truncateHistory(context, set, pods, revisions, known);
  const failures = failure ?? unwritten;
  if (failures !== undefined) return fail(failures);
  const minReadySeconds = numberAt(set, 'spec', 'minReadySeconds') ?? 0;
  if (minReadySeconds === 0 || status['readyReplicas'] === status['availableReplicas']) return undefined;
  return { requeueAfterMs: nextAvailabilityMs(pods, minReadySeconds, context.nowMs) ?? minReadySeconds * 1000 };
}

import { conditionsOf, hasCondition, setCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Controller, ReconcileContext } from '../controller.ts';
import { isOutOfService } from '../out-of-service.ts';
import { NODES, PODS } from '../resources.ts';
import { isTerminal, phaseOf } from '../workload/pod-state.ts';

/** Source: pkg/controller/podgc/gc_controller.go `gcCheckPeriod`, `quarantineTime`, config defaults, 1.36. */
const PERIOD_MS = 20_000;
const QUARANTINE_MS = 40_000;
const MOST_TERMINATED = 12_500;
const ALL = '*pods*';

/** Since when Nodes that Pods are on have been missing, by name; milliseconds of the run. */
type MissingNodes = Readonly<Record<string, number>>;

/**
 * Deletes Pods that nobody else will: those too many that have ended, those on Nodes that are gone or out of service, and
 * those that are to go and are on no Node. Source: pkg/controller/podgc/gc_controller.go, 1.36.
 */
export const podGc: Controller = {
  name: 'pod-garbage-collector-controller',
  account: 'pod-garbage-collector',
  workers: 1,
  watches: [
    { resource: PODS, keysOf: () => [] },
    { resource: NODES, keysOf: () => [] },
  ],
  resync: { everyMs: PERIOD_MS, keysOf: () => [ALL] },
  reconcile(context) {
    const pods = context.view(PODS).list();
    for (const pod of surplus(pods)) remove(context, pod);
    for (const pod of pods.filter((each) => isOnLostNode(context, each)).sort(byEvictionAndAge)) remove(context, pod);
    removeOrphans(context, pods);
    for (const pod of pods)
      if (isBeingDeleted(pod) && nameAt(pod, 'spec', 'nodeName') === undefined) remove(context, pod);
  },
};

/** Those that have ended, beyond the limit: evicted ones first, then the oldest. */
export function surplus(pods: readonly KubernetesObject[], most = MOST_TERMINATED): readonly KubernetesObject[] {
  const ended = pods.filter((pod) => !['Pending', 'Running', 'Unknown'].includes(phaseOf(pod)));
  return most > 0 && ended.length > most ? ended.sort(byEvictionAndAge).slice(0, ended.length - most) : [];
}

/** Source: `byEvictionAndCreationTimestamp`. */
function byEvictionAndAge(a: KubernetesObject, b: KubernetesObject): number {
  const [evictedA, evictedB] = [a, b].map(
    (pod) => phaseOf(pod) === 'Failed' && stringAt(pod, 'status', 'reason') === 'Evicted',
  );
  if (evictedA !== evictedB) return evictedA === true ? -1 : 1;
  const [madeA = '', madeB = ''] = [a, b].map((pod) => stringAt(pod, 'metadata', 'creationTimestamp') ?? '');
  if (madeA !== madeB) return madeA < madeB ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}

/** To go, on a Node that is not ready and marked as out of service. */
function isOnLostNode(context: ReconcileContext, pod: KubernetesObject): boolean {
  const node = context.view(NODES).get(undefined, nameAt(pod, 'spec', 'nodeName') ?? '');
  return (
    isBeingDeleted(pod) &&
    node !== undefined &&
    !hasCondition(conditionsOf(node), 'Ready', 'True') &&
    isOutOfService(node)
  );
}

/** Pods on Nodes that have been gone for a while, past the cache too. */
function removeOrphans(context: ReconcileContext, pods: readonly KubernetesObject[]): void {
  const nodes = context.view(NODES);
  const before = (context.memory ?? {}) as MissingNodes;
  const missing: Record<string, number> = {};
  for (const pod of pods) {
    const node = nameAt(pod, 'spec', 'nodeName');
    if (node !== undefined && nodes.get(undefined, node) === undefined) missing[node] = before[node] ?? context.nowMs;
  }
  const gone = Object.entries(missing)
    .filter(([, sinceMs]) => context.nowMs - sinceMs >= QUARANTINE_MS)
    .map(([name]) => name)
    .filter((name) => {
      const found = context.api.call({ verb: 'get', resource: NODES, name });
      return !found.ok && found.code === 404;
    });
  context.remember(Object.keys(missing).length === 0 ? undefined : missing);
  for (const pod of pods) if (gone.includes(nameAt(pod, 'spec', 'nodeName') ?? '')) remove(context, pod, true);
}

/** Nobody tells any more how the Pod ended: it has failed. Source: `markFailedAndDeletePodWithCondition`. */
function remove(context: ReconcileContext, pod: KubernetesObject, isOrphan = false): void {
  const at = { resource: PODS, namespace: namespaceOf(pod) ?? '', name: nameOf(pod) };
  if (!isTerminal(pod)) {
    const target = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
    } as const;
    const before = conditionsOf(pod);
    const conditions = isOrphan ? setCondition(before, target, timeOf(context.nowMs)) : before;
    const added = conditions.filter((condition) => !before.includes(condition));
    const body: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { uid: nameAt(pod, 'metadata', 'uid') ?? '' },
      status: { phase: 'Failed', ...(added.length === 0 ? {} : { conditions: added }) },
    };
    const options = { patchType: 'strategic' as const };
    const marked = context.api.call({ ...at, verb: 'patch', subresource: 'status', options, body });
    if (!marked.ok) return;
  }
  context.api.call({ ...at, verb: 'delete', options: { gracePeriodSeconds: 0 } });
}

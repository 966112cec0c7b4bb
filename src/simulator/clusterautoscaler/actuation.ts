import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { taintsOf } from '../../apimachinery/taints.ts';
import type { JsonValue } from '../../base/json.ts';
import { nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { ReconcileContext } from '../controllers/controller.ts';
import { NODES, PODS } from '../controllers/resources.ts';
import { isTerminal } from '../controllers/workload/pod-state.ts';
import { RUN_BEGINS_MS } from '../kernel/clock.ts';
import { nodeInfoOf } from '../scheduler/node-info.ts';
import { podInfoOf } from '../scheduler/pod-info.ts';
import type { DrainScene } from './drainability.ts';
import { podsToMove } from './drainability.ts';
import type { AutoscalerFlags } from './loop-state.ts';
import { DELETE_NODES } from './pool-provider.ts';
import { DELETION_CANDIDATE, TO_BE_DELETED } from './templates.ts';

/** Source: cluster-autoscaler/core/scaledown/actuation/drain.go `DefaultEvictionRetryTime`, `DefaultPodEvictionHeadroom`, 1.36.1. */
const EVICTION_RETRY_MS = 10_000;
const EVICTION_HEADROOM_MS = 30_000;
/** Source: `waitPodsToDisappear`, 1.36.1. */
const POLL_MS = 5000;

/** A Node that is to go, as the loop decided it. */
export interface DeletionOrder {
  readonly node: KubernetesObject;
  readonly pool: string;
  readonly withDrain: boolean;
}

export interface ActuationScene {
  readonly flags: AutoscalerFlags;
  readonly drain: DrainScene;
  /** Asks the cloud; gives why it refused. */
  askCloud(method: string, parameters: Readonly<Record<string, unknown>>): string | undefined;
  /** Tells it with the status. */
  log(type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/**
 * Marks a Node that will go, so that nothing new comes to it; why not, where that failed.
 * Source: cluster-autoscaler/core/scaledown/actuation/actuator.go `taintNode`, utils/taints/taints.go `MarkToBeDeleted`, 1.36.1.
 */
export function markToBeDeleted(context: ReconcileContext, node: KubernetesObject): boolean {
  const others = withoutTaint(node, TO_BE_DELETED);
  const error = patchNode(context, node, [...others, taintNow(context, TO_BE_DELETED, 'NoSchedule')], true);
  if (error === undefined) {
    context.event(node, 'Normal', 'ScaleDown', 'marked the node as toBeDeleted/unschedulable');
    return true;
  }
  const words = `failed to mark the node as toBeDeleted/unschedulable: ${error}`;
  context.event(node, 'Warning', 'ScaleDownFailed', words);
  return false;
}

/** Source: cluster-autoscaler/core/scaledown/actuation/softtaint.go `UpdateSoftDeletionTaints`, 1.36.1. */
export function updateSoftTaints(
  context: ReconcileContext,
  nodes: readonly KubernetesObject[],
  isUnneeded: (name: string) => boolean,
  most: number,
): void {
  const isMarked = (node: KubernetesObject): boolean =>
    taintsOf(node).some((taint) => stringAt(taint, 'key') === DELETION_CANDIDATE);
  for (const node of nodes.filter((one) => isMarked(one) !== isUnneeded(nameOf(one))).slice(0, most)) {
    const others = withoutTaint(node, DELETION_CANDIDATE);
    const added = isMarked(node) ? [] : [taintNow(context, DELETION_CANDIDATE, 'PreferNoSchedule')];
    patchNode(context, node, [...others, ...added]);
  }
}

function withoutTaint(node: KubernetesObject, key: string): readonly JsonValue[] {
  return taintsOf(node).filter((taint) => stringAt(taint, 'key') !== key);
}

/** The value says when, in seconds since 1970. */
function taintNow({ nowMs }: ReconcileContext, key: string, effect: string): JsonValue {
  return { key, value: String(Math.trunc((RUN_BEGINS_MS + nowMs) / 1000)), effect };
}

function patchNode(
  context: ReconcileContext,
  node: KubernetesObject,
  taints: readonly JsonValue[],
  isCordoned?: boolean,
): string | undefined {
  const cordon = isCordoned === undefined ? {} : { unschedulable: isCordoned ? true : null };
  const spec = { taints: taints.length === 0 ? null : taints, ...cordon };
  const patched = context.api.call({
    verb: 'patch',
    resource: NODES,
    name: nameOf(node),
    options: { patchType: 'merge' },
    body: { apiVersion: 'v1', kind: 'Node', spec },
  });
  return patched.ok ? undefined : patched.message;
}

/**
 * Drains a marked Node where it has Pods, and has the cloud delete its machine. True where it is gone.
 * Source: cluster-autoscaler/core/scaledown/actuation/actuator.go `deleteNodesAsync`, delete_in_batch.go, 1.36.1.
 */
export function deleteNode(context: ReconcileContext, order: DeletionOrder, scene: ActuationScene): boolean {
  const { node, pool, withDrain } = order;
  const name = nameOf(node);
  const pods = context
    .view(PODS)
    .list()
    .filter((pod) => nameAt(pod, 'spec', 'nodeName') === name && !isTerminal(pod));
  const moves = podsToMove(nodeInfoOf(node, pods.map(podInfoOf)), scene.drain);
  if ('error' in moves) return failed(context, order, moves.error);
  if (!withDrain && moves.pods.length > 0)
    return failed(context, order, `failed to delete empty node "${name}", new pods scheduled`);
  const moved = moves.pods.map(({ pod }) => pod);
  const error =
    moved.length === 0
      ? undefined
      : (evict(context, moved, scene.flags) ?? waitUntilGone(context, node, moved, scene.flags));
  if (error !== undefined) return failed(context, order, error);
  const refused = scene.askCloud(DELETE_NODES, { pool, nodes: [name] });
  if (refused !== undefined) return failed(context, order, `failed to delete nodes from group ${pool}: ${refused}`);
  context.event(node, 'Normal', 'ScaleDown', 'nodes removed by cluster autoscaler');
  if (withDrain) scene.log('Normal', 'ScaleDown', `Scale-down: node ${name} removed with drain`);
  else scene.log('Normal', 'ScaleDownEmpty', `Scale-down: empty node ${name} removed`);
  return true;
}

function failed(context: ReconcileContext, { node, withDrain }: DeletionOrder, error: string): false {
  const what = withDrain ? 'failed to drain and delete node' : 'failed to delete empty node';
  context.event(node, 'Warning', 'ScaleDownFailed', `${what}: ${error}`);
  const newest = context.view(NODES).get(undefined, nameOf(node)) ?? node;
  patchNode(context, node, withoutTaint(newest, TO_BE_DELETED), false);
  return false;
}

/** Evicts all at once, and those that a budget keeps again and again for a while; why not, where one stays. */
function evict(
  context: ReconcileContext,
  pods: readonly KubernetesObject[],
  { maxPodEvictionMs, maxGracefulTerminationMs }: AutoscalerFlags,
): string | undefined {
  for (const pod of pods) context.event(pod, 'Normal', 'ScaleDown', 'deleting pod for node scale down');
  let left = pods;
  for (let waitedMs = 0; left.length > 0; waitedMs += EVICTION_RETRY_MS) {
    if (waitedMs > 0) context.api.sleep(EVICTION_RETRY_MS);
    const results = context.api.callAll(
      left.map((pod) => {
        const metadata = { name: nameOf(pod), namespace: namespaceOf(pod) ?? 'default' };
        const grace = numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? 30;
        const gracePeriodSeconds = Math.min(grace, maxGracefulTerminationMs / 1000);
        const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata, deleteOptions: { gracePeriodSeconds } };
        return { verb: 'create', resource: PODS, ...metadata, subresource: 'eviction', body } as const;
      }),
    );
    const refused = results.flatMap((result, index) => (result.ok || result.code === 404 ? [] : [{ result, index }]));
    const [first] = refused;
    if (first !== undefined && waitedMs + EVICTION_RETRY_MS >= maxPodEvictionMs) {
      for (const { index } of refused)
        context.event(left[index]!, 'Warning', 'ScaleDownFailed', 'failed to delete pod for ScaleDown');
      const pod = left[first.index]!;
      const place = `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`;
      const why = first.result.ok ? '' : first.result.message;
      return `failed to evict pod ${place} within allowed timeout (last error: ${why})`;
    }
    left = refused.map(({ index }) => left[index]!);
  }
  return undefined;
}

function waitUntilGone(
  context: ReconcileContext,
  node: KubernetesObject,
  pods: readonly KubernetesObject[],
  { maxGracefulTerminationMs }: AutoscalerFlags,
): string | undefined {
  for (let waitedMs = 0; waitedMs < maxGracefulTerminationMs + EVICTION_HEADROOM_MS; waitedMs += POLL_MS) {
    if (waitedMs > 0) context.api.sleep(POLL_MS);
    const results = context.api.callAll(
      pods.map((pod) => ({ verb: 'get', resource: PODS, namespace: namespaceOf(pod) ?? 'default', name: nameOf(pod) })),
    );
    const isThere = results.some((result) =>
      result.ok ? nameAt(result.object, 'spec', 'nodeName') === nameOf(node) : result.code !== 404,
    );
    if (!isThere) return undefined;
  }
  return `Failed to drain node /${nameOf(node)}: pods remaining after timeout`;
}

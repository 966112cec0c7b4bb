import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { LEASES } from '../resources.ts';

/** When a Node was last heard of. JSON: it is the memory of the controller. */
export interface NodeHealth {
  /** What was heard: the time of the Lease and of the Ready condition. */
  readonly heard: string;
  /** When that was seen, in milliseconds of the run. */
  readonly seenMs: number;
  readonly isSilent: boolean;
}

/** Source: pkg/controller/nodelifecycle/config/v1alpha1/defaults.go `NodeMonitorGracePeriod`, 1.36. */
const GRACE_MS = 50_000;

/** Undefined for a Node that no kubelet has spoken for yet. Source: `tryUpdateNodeHealth`, 1.36. */
export function observeHealth(
  context: ReconcileContext,
  node: KubernetesObject,
  before: NodeHealth | undefined,
): NodeHealth | undefined {
  const lease = context.view(LEASES).get('kube-node-lease', nameOf(node));
  const ready = findCondition(conditionsOf(node), 'Ready');
  if (lease === undefined || ready === undefined) return undefined;
  const heard = `${stringAt(lease, 'spec', 'renewTime') ?? ''} ${stringAt(ready, 'lastHeartbeatTime') ?? ''}`;
  const seenMs = before?.heard === heard ? before.seenMs : context.nowMs;
  return { heard, seenMs, isSilent: context.nowMs - seenMs > GRACE_MS };
}

const TYPES = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** The status of a Node that is silent; undefined where it says so already. */
export function unknownStatus(node: KubernetesObject, now: string): JsonObject | undefined {
  const before = conditionsOf(node);
  let changed = false;
  const conditions = before.map((condition) => {
    const isOurs = TYPES.includes(stringAt(condition, 'type') ?? '');
    if (!isOurs || stringAt(condition, 'status') === 'Unknown') return condition;
    changed = true;
    return {
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: now,
    };
  });
  for (const type of TYPES) {
    if (findCondition(before, type) !== undefined) continue;
    changed = true;
    conditions.push({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: stringAt(node, 'metadata', 'creationTimestamp') ?? now,
      lastTransitionTime: now,
    });
  }
  return changed ? { ...objectAt(node, 'status'), conditions } : undefined;
}

import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { LEASES } from '../resources.ts';
import { runTimeOf } from '../workload/pod-state.ts';

/** When a Node was last heard of. JSON: it is the memory of the controller. */
export interface NodeHealth {
  /** Of the Node: it is told when it is gone. */
  readonly uid: string;
  /** What was heard: the times of the Lease and of the Ready condition. */
  readonly renewTime: string;
  readonly heartbeatTime: string;
  /** When that was seen, in milliseconds of the run. */
  readonly seenMs: number;
  readonly isSilent: boolean;
  /** Its Pods could not all be told so: that is tried again. */
  readonly owesPods?: boolean;
}

/** Source: pkg/controller/nodelifecycle/config/v1alpha1/defaults.go `NodeMonitorGracePeriod`, `NodeStartupGracePeriod`, 1.36. */
const GRACE_MS = 50_000;
const STARTUP_GRACE_MS = 60_000;

/**
 * When a Node was last heard of: by its Lease, or by its condition Ready. One that was never heard of is counted from when
 * it was made. Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go `tryUpdateNodeHealth`, 1.36.2.
 */
export function observeHealth(
  context: ReconcileContext,
  node: KubernetesObject,
  before: NodeHealth | undefined,
): NodeHealth {
  const lease = context.view(LEASES).get('kube-node-lease', nameOf(node));
  const ready = findCondition(conditionsOf(node), 'Ready');
  const graceMs = ready === undefined ? STARTUP_GRACE_MS : GRACE_MS;
  const renewTime = stringAt(lease, 'spec', 'renewTime') ?? '';
  const heartbeatTime = stringAt(ready, 'lastHeartbeatTime') ?? '';
  const known = before ?? {
    renewTime: '',
    heartbeatTime: '',
    seenMs: runTimeOf(stringAt(node, 'metadata', 'creationTimestamp')) ?? context.nowMs,
  };
  const isNew = known.renewTime !== renewTime || known.heartbeatTime !== heartbeatTime;
  const seenMs = isNew ? context.nowMs : known.seenMs;
  const owes = before?.owesPods === true ? { owesPods: true } : {};
  const uid = stringAt(node, 'metadata', 'uid') ?? '';
  return { uid, renewTime, heartbeatTime, seenMs, isSilent: context.nowMs - seenMs > graceMs, ...owes };
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

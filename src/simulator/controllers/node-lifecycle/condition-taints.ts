import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { taintsOf } from '../../../apimachinery/taints.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { booleanAt, stringAt } from '../../../base/json.ts';

/**
 * The taints of a Node, with those that its conditions stand for and without those that they no longer do; the same list
 * where nothing changes.
 * Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go `doNoScheduleTaintingPass`, 1.36.
 */
export function withConditionTaints(node: KubernetesObject, now: string): readonly JsonValue[] {
  const wanted = conditionTaints(node);
  const present = taintsOf(node);
  const kept = present.filter((taint) => !isConditionTaint(taint) || wanted.some((key) => isTaint(taint, key)));
  const added = wanted.filter((key) => !present.some((taint) => isTaint(taint, key)));
  if (kept.length === present.length && added.length === 0) return present;
  return [...kept, ...added.map((key): JsonObject => ({ key, effect: NO_SCHEDULE, timeAdded: now }))];
}

const NO_SCHEDULE = 'NoSchedule';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** The taint that stands for a status of a condition. Source: `nodeConditionToTaintKeyStatusMap`, 1.36. */
const TAINT_OF_CONDITION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: 'node.kubernetes.io/not-ready', Unknown: 'node.kubernetes.io/unreachable' },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};
const CONDITION_TAINTS: ReadonlySet<string> = new Set([
  UNSCHEDULABLE,
  ...Object.values(TAINT_OF_CONDITION).flatMap((keys) => Object.values(keys)),
]);

/** The same Node is looked at every five seconds. */
const known = new WeakMap<KubernetesObject, readonly string[]>();

function conditionTaints(node: KubernetesObject): readonly string[] {
  let taints = known.get(node);
  if (taints === undefined) known.set(node, (taints = workOutTaints(node)));
  return taints;
}

function workOutTaints(node: KubernetesObject): readonly string[] {
  const conditions = conditionsOf(node);
  const keys = Object.entries(TAINT_OF_CONDITION).flatMap(([type, byStatus]) => {
    const status = stringAt(findCondition(conditions, type), 'status') ?? '';
    return byStatus[status] ?? [];
  });
  return booleanAt(node, 'spec', 'unschedulable') === true ? [...keys, UNSCHEDULABLE] : keys;
}

function isConditionTaint(taint: JsonValue): boolean {
  return stringAt(taint, 'effect') === NO_SCHEDULE && CONDITION_TAINTS.has(stringAt(taint, 'key') ?? '');
}

function isTaint(taint: JsonValue, key: string): boolean {
  return stringAt(taint, 'effect') === NO_SCHEDULE && stringAt(taint, 'key') === key;
}

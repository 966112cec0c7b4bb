import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { taintsOf } from '../../apimachinery/taints.ts';

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { booleanAt, jsonEqual, stringAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import type { Controller } from './controller.ts';
import { NODES } from './resources.ts';

/**
 * Taints that say of a Node what its conditions say.
 * Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go `doNoScheduleTaintingPass`, 1.36.
 */
export const nodeLifecycle: Controller = {
  name: 'node-lifecycle-controller',
  account: 'node-controller',
  workers: 8,
  watches: [{ resource: NODES, keysOf: ({ key, type }) => (type === 'DELETED' ? [] : [key]) }],
  reconcile(context, key) {
    const node = context.view(NODES).getKey(key);
    if (node === undefined) return undefined;
    const wanted = conditionTaints(node);
    const present = taintsOf(node);
    const kept = present.filter((taint) => !isConditionTaint(taint) || wanted.some((key) => isTaint(taint, key)));
    const added = wanted.filter((key) => !present.some((taint) => isTaint(taint, key)));
    const taints = [
      ...kept,
      ...added.map((key): JsonObject => ({ key, effect: NO_SCHEDULE, timeAdded: timeOf(context.nowMs) })),
    ];
    if (jsonEqual(taints, present)) return undefined;
    const patched = context.api.call({
      verb: 'patch',
      resource: NODES,
      name: key,
      options: { patchType: 'merge' },
      body: { apiVersion: 'v1', kind: 'Node', spec: { taints: taints.length === 0 ? null : taints } },
    });
    return patched.ok || patched.code === 404 ? undefined : { failed: patched.message };
  },
};

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

function conditionTaints(node: KubernetesObject): readonly string[] {
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

import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ReconcileContext } from '../controller.ts';
import { NODES, PODS } from '../resources.ts';

/**
 * Pods of a Node that nobody hears of are taken out of rotation, each whatever becomes of the others.
 * Source: pkg/controller/util/node/controller_utils.go `MarkPodsNotReady`, 1.36.
 */
export function markPodsNotReady(context: ReconcileContext, pods: Iterable<KubernetesObject>): string | undefined {
  let failed: string | undefined;
  for (const pod of pods) {
    const ready = findCondition(conditionsOf(pod), 'Ready');
    if (stringAt(ready, 'status') !== 'True') continue;
    const conditions = conditionsOf(pod).map((condition) =>
      condition === ready ? { ...condition, status: 'False', lastTransitionTime: timeOf(context.nowMs) } : condition,
    );
    const written = context.api.call({
      verb: 'update',
      resource: PODS,
      namespace: namespaceOf(pod)!,
      name: nameOf(pod),
      subresource: 'status',
      body: { ...pod, status: { ...objectAt(pod, 'status'), conditions } },
    });
    if (!written.ok && written.code === 404) continue;
    if (!written.ok) failed ??= written.message;
    context.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }
  return failed;
}

/**
 * A Pod that came to a Node which is not ready, and of which the controller knows that.
 * Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go `processPod`, 1.36.
 */
export function processPod(context: ReconcileContext, key: string): string | undefined {
  const pod = context.view(PODS).getKey(key);
  const name = nameAt(pod, 'spec', 'nodeName');
  if (pod === undefined || name === undefined || context.memoryOf(name) === undefined) return undefined;
  return isNotReady(context.view(NODES).getKey(name)) ? markPodsNotReady(context, [pod]) : undefined;
}

/** Whether a Node says that it is not ready; of one that says nothing nothing is known. */
export function isNotReady(node: KubernetesObject | undefined): boolean {
  const ready = findCondition(conditionsOf(node), 'Ready');
  return ready !== undefined && stringAt(ready, 'status') !== 'True';
}

import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ReconcileContext } from '../controller.ts';
import { PODS } from '../resources.ts';

/**
 * Pods of a Node that nobody hears of are taken out of rotation.
 * Source: pkg/controller/util/node/controller_utils.go `MarkPodsNotReady`, 1.36.
 */
export function markPodsNotReady(context: ReconcileContext, node: string): string | undefined {
  for (const pod of context.view(PODS).indexed('node', node)) {
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
    if (!written.ok && written.code !== 404 && written.code !== 409) return written.message;
    if (written.ok) context.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }
  return undefined;
}

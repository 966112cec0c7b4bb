import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { NODES } from '../resources.ts';
import { must, mustUnlessGone } from '../workload/sync-failure.ts';

/**
 * Writes on a Node that it has a volume, or has it no more; a Node that is gone needs nothing.
 * Source: pkg/controller/volume/attachdetach/statusupdater/node_status_updater.go, 1.36.
 */
export function setAttached(context: ReconcileContext, node: string, volume: string, isAttached: boolean): void {
  // The cache may not have what was written a moment ago for another volume: the list is written as a whole.
  const found = context.api.call({ verb: 'get', resource: NODES, name: node });
  if (!found.ok) return mustUnlessGone(found);
  const before = arrayAt(found.object, 'status', 'volumesAttached');
  const others = before.filter((one) => stringAt(one, 'name') !== volume);
  if (isAttached === others.length < before.length) return;
  const after: readonly JsonValue[] = isAttached ? [...others, { name: volume, devicePath: '' }] : others;
  const body = { apiVersion: 'v1', kind: 'Node', status: { volumesAttached: after.length === 0 ? null : after } };
  const at = { verb: 'patch', resource: NODES, name: node, subresource: 'status' } as const;
  must(context.api.call({ ...at, options: { patchType: 'merge' }, body }));
}

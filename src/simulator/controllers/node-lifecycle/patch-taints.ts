import type { JsonValue } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { NODES } from '../resources.ts';

/** Puts taints in the place of those of a Node. */
export function patchTaints(context: ReconcileContext, name: string, taints: readonly JsonValue[]): string | undefined {
  const patched = context.api.call({
    verb: 'patch',
    resource: NODES,
    name,
    options: { patchType: 'merge' },
    body: { apiVersion: 'v1', kind: 'Node', spec: { taints: taints.length === 0 ? null : taints } },
  });
  return patched.ok || patched.code === 404 ? undefined : patched.message;
}

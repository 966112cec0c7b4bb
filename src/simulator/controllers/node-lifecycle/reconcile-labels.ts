import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import type { ReconcileContext } from '../controller.ts';
import { NODES } from '../resources.ts';

/** Labels of Nodes, and the old names under which they stand too. */
const OLD_NAMES = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
] as const;

/** Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go `reconcileNodeLabels`, 1.36.2. */
export function reconcileLabels(context: ReconcileContext, node: KubernetesObject): string | undefined {
  const labels = labelsOf(node);
  const changed = OLD_NAMES.flatMap(([name, old]): readonly (readonly [string, string])[] => {
    const value = labels.get(name);
    return value === undefined || labels.get(old) === value ? [] : [[old, value]];
  });
  if (changed.length === 0) return undefined;
  const written = context.api.call({
    verb: 'patch',
    resource: NODES,
    name: nameOf(node),
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'Node', metadata: { labels: Object.fromEntries(changed) } },
  });
  return written.ok || written.code === 404 ? undefined : written.message;
}

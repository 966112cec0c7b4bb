import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt } from '../../../base/json.ts';
import type { ResourceName } from '../../messages.ts';
import type { ReconcileContext } from '../controller.ts';
import { COLLECTED } from './collected-resources.ts';
import { patchMetadata, removeFinalizer } from './metadata-patch.ts';

/**
 * An owner that goes alone: its dependents forget it first.
 * Source: pkg/controller/garbagecollector/garbagecollector.go `attemptToOrphanWorker`, 1.36.
 */
export function orphanDependents(
  context: ReconcileContext,
  resource: ResourceName,
  owner: KubernetesObject,
): string | undefined {
  const uid = nameAt(owner, 'metadata', 'uid') ?? '';
  for (const kind of COLLECTED)
    for (const dependent of context.view(kind).indexed('owner', uid)) {
      const ownerReferences = arrayAt(dependent, 'metadata', 'ownerReferences').filter(
        (entry) => nameAt(entry, 'uid') !== uid,
      );
      const target = { resource: kind, namespace: namespaceOf(dependent), name: nameOf(dependent) };
      const failed = patchMetadata(context, target, dependent, { ownerReferences });
      if (failed !== undefined) return failed;
    }
  const target = { resource, namespace: namespaceOf(owner), name: nameOf(owner) };
  return removeFinalizer(context, target, owner, 'orphan');
}

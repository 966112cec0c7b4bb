import { hasFinalizer, withFinalizer, withoutFinalizer } from '../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { ReconcileContext } from '../controllers/controller.ts';
import { CLAIMS } from '../controllers/resources.ts';
import { fail, must } from '../controllers/workload/sync-failure.ts';
import type { ResourceName } from '../messages.ts';
import type { DataSource } from './content-source.ts';
import { SOURCE_IN_USE } from './content-source.ts';
import { SNAPSHOTS } from './snapshot/resources.ts';

/*
 * What keeps a source of a new volume until that is made.
 * Source: kubernetes-csi/external-provisioner pkg/controller/{controller,clone_controller}.go, v6.3.0.
 */

/** On claims that were cloned. Source: `pvcCloneFinalizer`. */
const CLONED = 'provisioner.storage.kubernetes.io/cloning-protection';

const placeOf = ({ kind }: DataSource): { readonly resource: ResourceName; readonly finalizer: string } =>
  kind === 'VolumeSnapshot'
    ? { resource: SNAPSHOTS, finalizer: SOURCE_IN_USE }
    : { resource: CLAIMS, finalizer: CLONED };

/** Source: `setSnapshotFinalizer`, `setCloneFinalizer`. */
export function protectSource(context: ReconcileContext, claim: KubernetesObject, source: DataSource): void {
  const { resource, finalizer } = placeOf(source);
  const place = { resource, namespace: namespaceOf(claim) ?? '', name: source.name };
  const found = must(context.api.call({ verb: 'get', ...place }));
  if (hasFinalizer(found, finalizer)) return;
  must(context.api.call({ verb: 'update', ...place, body: withFinalizer(found, finalizer) }));
}

/** A snapshot of which the volume is made; that it cannot be let go stops nothing. Source: `removeSnapshotFinalizer`. */
export function releaseSnapshot(context: ReconcileContext, claim: KubernetesObject, source: DataSource): void {
  if (source.kind !== 'VolumeSnapshot') return;
  const place = { resource: SNAPSHOTS, namespace: namespaceOf(claim) ?? '', name: source.name };
  const found = context.api.call({ verb: 'get', ...place });
  if (found.ok && hasFinalizer(found.object, SOURCE_IN_USE))
    context.api.call({ verb: 'update', ...place, body: withoutFinalizer(found.object, SOURCE_IN_USE) });
}

/** Lets a claim go that was cloned, once no clone of it waits. Source: clone_controller.go `syncClaim`. */
export function releaseCloned(context: ReconcileContext, key: string): void {
  const claim = context.view(CLAIMS).getKey(key);
  if (claim === undefined || !isBeingDeleted(claim) || !hasFinalizer(claim, CLONED)) return;
  const namespace = namespaceOf(claim) ?? '';
  const waiting = context
    .view(CLAIMS)
    .list(namespace)
    .find(
      (other) =>
        stringAt(other, 'spec', 'dataSource', 'kind') === 'PersistentVolumeClaim' &&
        stringAt(other, 'spec', 'dataSource', 'name') === nameOf(claim) &&
        stringAt(other, 'status', 'phase') === 'Pending',
    );
  if (waiting !== undefined) return fail(`PVC '${nameOf(waiting)}' is in 'Pending' state, cloning in progress`);
  const place = { resource: CLAIMS, namespace, name: nameOf(claim) };
  const written = context.api.call({ verb: 'update', ...place, body: withoutFinalizer(claim, CLONED) });
  if (!written.ok && written.code !== 404) fail(written.message);
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import { nameAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { VOLUMES } from '../../controllers/resources.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { claimOf } from './claim-protection.ts';

/**
 * The volume of which a snapshot is to be made; the sync fails where its claim has none.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go `getVolumeFromVolumeSnapshot`,
 * v8.6.0.
 */
export function sourceVolume(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject {
  const claim = claimOf(context, snapshot);
  if (stringAt(claim, 'status', 'phase') !== 'Bound')
    return fail(`the PVC ${nameOf(claim)} is not yet bound to a PV, will not attempt to take a snapshot`);
  const name = nameAt(claim, 'spec', 'volumeName') ?? '';
  const found = context.api.call({ verb: 'get', resource: VOLUMES, name });
  if (!found.ok) return fail(`failed to retrieve PV ${name} from the API server: ${quoteString(found.message)}`);
  return isBoundTo(found.object, claim) ? found.object : fail('claim in dataSource not bound or invalid');
}

/** Source: `isVolumeBoundToClaim`. */
function isBoundTo(volume: KubernetesObject, claim: KubernetesObject): boolean {
  const part = (field: string): string => nameAt(volume, 'spec', 'claimRef', field) ?? '';
  if (part('name') !== nameOf(claim) || part('namespace') !== (namespaceOf(claim) ?? '')) return false;
  return part('uid') === '' || part('uid') === uidOf(claim);
}

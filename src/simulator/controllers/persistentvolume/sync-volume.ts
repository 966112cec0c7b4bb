import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { CLAIMS, VOLUMES } from '../resources.ts';
import { fail } from '../workload/sync-failure.ts';
import { setVolumePhase, unbind } from './bind.ts';
import { PROVISIONED_BY, claimRefKey, modeOf } from './claim-facts.ts';

/**
 * Gives a volume the phase that its claim makes it have. Gives the key of the claim where that has to be looked at.
 * Source: pkg/controller/volume/persistentvolume/pv_controller.go `syncVolume`, 1.36.
 */
export function syncVolume(context: ReconcileContext, volume: KubernetesObject): string | undefined {
  const reference = objectAt(volume, 'spec', 'claimRef');
  if (reference === undefined || nameAt(reference, 'uid') === undefined) {
    setVolumePhase(context, volume, 'Available');
    return undefined;
  }
  const claim = claimOf(context, volume);
  if (claim === undefined) {
    release(context, volume);
    return undefined;
  }
  const bound = nameAt(claim, 'spec', 'volumeName');
  if (bound === undefined) {
    if (modeOf(claim) === modeOf(volume)) return claimRefKey(volume);
    const [to, from] = [nameOf(claim), nameOf(volume)];
    const aboutVolume = `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${to}" due to incompatible volumeMode.`;
    const aboutClaim = `Cannot bind PersistentVolume "${from}" to requested PersistentVolumeClaim due to incompatible volumeMode.`;
    context.event(volume, 'Warning', 'VolumeMismatch', aboutVolume);
    context.event(claim, 'Warning', 'VolumeMismatch', aboutClaim);
    return undefined;
  }
  if (bound === nameOf(volume)) setVolumePhase(context, volume, 'Bound');
  else if (annotationsOf(volume).has(PROVISIONED_BY) && reclaimPolicy(volume) === 'Delete') release(context, volume);
  else unbind(context, volume);
  return undefined;
}

function phaseOf(volume: KubernetesObject): string {
  return stringAt(volume, 'status', 'phase') ?? '';
}

function reclaimPolicy(volume: KubernetesObject): string {
  return stringAt(volume, 'spec', 'persistentVolumeReclaimPolicy') ?? '';
}

/** The claim that a volume is bound to, past the cache where that has none or another of the name. */
function claimOf(context: ReconcileContext, volume: KubernetesObject): KubernetesObject | undefined {
  const key = claimRefKey(volume);
  const uid = nameAt(volume, 'spec', 'claimRef', 'uid');
  const known = context.view(CLAIMS).getKey(key);
  if (known !== undefined && uidOf(known) === uid) return known;
  if (known === undefined && ['Released', 'Failed'].includes(phaseOf(volume))) return undefined;
  const [namespace = '', name = ''] = key.split('/');
  const fresh = context.api.call({ verb: 'get', resource: CLAIMS, namespace, name });
  if (!fresh.ok) return fresh.code === 404 ? undefined : fail(fresh.message);
  return uidOf(fresh.object) === uid ? fresh.object : undefined;
}

/** The claim is gone: the volume is released, and its policy says what becomes of it. Source: `reclaimVolume`, 1.36. */
function release(context: ReconcileContext, volume: KubernetesObject): void {
  const isTold = ['Released', 'Failed'].includes(phaseOf(volume));
  const released = isTold ? volume : setVolumePhase(context, volume, 'Released');
  const policy = reclaimPolicy(volume);
  if (policy === 'Recycle') recycle(context, released);
  // What a driver has made it deletes itself.
  else if (policy === 'Delete' && !annotationsOf(volume).has(PROVISIONED_BY)) deleteByPlugin(context, released);
}

/** Only NFS and directories of a Node are cleaned, by a Pod that is not simulated: such a volume stays released. */
function recycle(context: ReconcileContext, volume: KubernetesObject): void {
  const { nfs, hostPath } = objectAt(volume, 'spec') ?? {};
  if (nfs === undefined && hostPath === undefined)
    failVolume(context, volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
}

/** Source: `findDeletablePlugin` and pkg/volume/hostpath/host_path.go `newDeleter`, 1.36. */
function deleteByPlugin(context: ReconcileContext, volume: KubernetesObject): void {
  const path = stringAt(volume, 'spec', 'hostPath', 'path');
  if (path === undefined) {
    const words = `error getting deleter volume plugin for volume "${nameOf(volume)}": no volume plugin matched`;
    return failVolume(context, volume, 'VolumeFailedDelete', words);
  }
  if (!/^\/tmp\/.+/.test(path)) {
    const words = `failed to create deleter for volume "${nameOf(volume)}": host_path deleter only supports /tmp/.+ but received provided ${path}`;
    return failVolume(context, volume, 'VolumeFailedDelete', words);
  }
  const gone = context.api.call({ verb: 'delete', resource: VOLUMES, name: nameOf(volume) });
  if (!gone.ok && gone.code !== 404) fail(gone.message);
}

function failVolume(context: ReconcileContext, volume: KubernetesObject, reason: string, words: string): void {
  if (phaseOf(volume) === 'Failed') return;
  context.event(setVolumePhase(context, volume, 'Failed'), 'Warning', reason, words);
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { nameAt, objectAt } from '../../../base/json.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { CLAIMS, PODS, STORAGE_CLASSES, VOLUMES } from '../resources.ts';
import { orFailed } from '../workload/sync-failure.ts';
import { claimRefKey } from './claim-facts.ts';
import { keyOfClaim } from './provisioning.ts';
import { syncClaim } from './sync-claim.ts';
import { syncVolume } from './sync-volume.ts';

/** Source: pkg/controller/volume/persistentvolume/config/v1alpha1/defaults.go `PVClaimBinderSyncPeriod`, 1.36. */
const RESYNC_MS = 15_000;
const CLAIM = 'claim ';
const VOLUME = 'volume ';

/**
 * Binds claims to volumes, asks for volumes where there are none, and releases those whose claim is gone.
 * Source: pkg/controller/volume/persistentvolume/pv_controller_base.go, 1.36.
 */
export const persistentVolumeBinder: Controller = {
  name: 'persistentvolume-binder-controller',
  account: 'persistent-volume-binder',
  reportsAs: 'persistentvolume-controller',
  workers: 2,
  readsOwnWrites: true,
  watches: [
    { resource: CLAIMS, keysOf: keysOfClaim },
    { resource: VOLUMES, keysOf: keysOfVolume },
    { resource: STORAGE_CLASSES, keysOf: () => [] },
    { resource: PODS, keysOf: () => [] },
  ],
  resync: {
    everyMs: RESYNC_MS,
    keysOf: (caches) => [...caches.view(VOLUMES).list().map(volumeKey), ...caches.view(CLAIMS).list().map(claimKey)],
  },
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

function claimKey(claim: KubernetesObject): string {
  return CLAIM + keyOfClaim(claim);
}

function volumeKey(volume: KubernetesObject): string {
  return VOLUME + nameOf(volume);
}

/** The volume of a claim that is deleted is looked at at once. */
function keysOfClaim({ object, type }: WatchEvent): readonly string[] {
  if (type !== 'DELETED') return [claimKey(object)];
  const volume = nameAt(object, 'spec', 'volumeName');
  return volume === undefined ? [] : [VOLUME + volume];
}

function keysOfVolume({ object, type }: WatchEvent): readonly string[] {
  if (type !== 'DELETED') return [volumeKey(object)];
  return objectAt(object, 'spec', 'claimRef') === undefined ? [] : [CLAIM + claimRefKey(object)];
}

function sync(context: ReconcileContext, key: string): Outcome | void {
  if (key.startsWith(CLAIM)) {
    const claim = context.view(CLAIMS).getKey(key.slice(CLAIM.length));
    if (claim !== undefined) syncClaim(context, claim);
    return;
  }
  const volume = context.view(VOLUMES).getKey(key.slice(VOLUME.length));
  const claim = volume === undefined ? undefined : syncVolume(context, volume);
  if (claim !== undefined) context.enqueue(CLAIM + claim);
}

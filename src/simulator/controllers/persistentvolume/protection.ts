import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { isControlledBy } from '../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { isKubernetesObject } from '../../../apimachinery/object.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { CLAIMS, PODS, VOLUMES } from '../resources.ts';
import { isTerminal } from '../workload/pod-state.ts';
import { fail, orFailed } from '../workload/sync-failure.ts';
import { updateClaim, updateVolume } from './bind.ts';

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection';

/**
 * A claim that a Pod on a Node uses is not deleted before that has gone.
 * Source: pkg/controller/volume/pvcprotection/pvc_protection_controller.go, 1.36.
 */
export const claimProtection: Controller = {
  name: 'persistentvolumeclaim-protection-controller',
  account: 'pvc-protection-controller',
  workers: 30,
  watches: [
    { resource: CLAIMS, keysOf: (event) => keysOfProtected(event, CLAIM_FINALIZER) },
    { resource: PODS, keysOf: keysOfPod },
  ],
  reconcile: (context, key) => orFailed(() => protectClaim(context, key)),
};

/** A volume that is bound is not deleted. Source: pkg/controller/volume/pvprotection/pv_protection_controller.go, 1.36. */
export const volumeProtection: Controller = {
  name: 'persistentvolume-protection-controller',
  account: 'pv-protection-controller',
  workers: 1,
  watches: [{ resource: VOLUMES, keysOf: (event) => keysOfProtected(event, VOLUME_FINALIZER) }],
  reconcile: (context, key) => orFailed(() => protectVolume(context, key)),
};

function finalizersOf(object: KubernetesObject): readonly JsonValue[] {
  return arrayAt(object, 'metadata', 'finalizers');
}

function withFinalizers(object: KubernetesObject, finalizers: readonly JsonValue[]): KubernetesObject {
  return { ...object, metadata: { ...objectAt(object, 'metadata'), finalizers } };
}

/** Objects that lack the finalizer, and those that are to go and have it. */
function keysOfProtected({ object, type, key }: WatchEvent, finalizer: string): readonly string[] {
  const isHeld = finalizersOf(object).includes(finalizer);
  return type !== 'DELETED' && isHeld === isBeingDeleted(object) ? [key] : [];
}

function ephemeralName(pod: KubernetesObject, volume: JsonValue): string | undefined {
  return objectAt(volume, 'ephemeral') === undefined ? undefined : `${nameOf(pod)}-${stringAt(volume, 'name') ?? ''}`;
}

/** Only Pods that are over, gone or on no Node can let a claim go. */
function keysOfPod({ object, type }: WatchEvent): readonly string[] {
  if (type !== 'DELETED' && !isTerminal(object) && nameAt(object, 'spec', 'nodeName') !== undefined) return [];
  return arrayAt(object, 'spec', 'volumes').flatMap((volume) => {
    const name = nameAt(volume, 'persistentVolumeClaim', 'claimName') ?? ephemeralName(object, volume);
    return name === undefined ? [] : [`${namespaceOf(object) ?? ''}/${name}`];
  });
}

function protectClaim(context: ReconcileContext, key: string): Outcome | void {
  const claim = context.view(CLAIMS).getKey(key);
  if (claim === undefined) return;
  const finalizers = finalizersOf(claim);
  const isHeld = finalizers.includes(CLAIM_FINALIZER);
  if (!isBeingDeleted(claim)) {
    if (!isHeld) updateClaim(context, withFinalizers(claim, [...finalizers, CLAIM_FINALIZER]));
    return;
  }
  if (!isHeld || isUsed(context, claim)) return;
  updateClaim(
    context,
    withFinalizers(
      claim,
      finalizers.filter((finalizer) => finalizer !== CLAIM_FINALIZER),
    ),
  );
}

/** Asks the cache first, then the server, which knows of Pods that are not there yet. */
function isUsed(context: ReconcileContext, claim: KubernetesObject): boolean {
  const namespace = namespaceOf(claim) ?? '';
  if (
    context
      .view(PODS)
      .list(namespace)
      .some((pod) => uses(pod, claim))
  )
    return true;
  const listed = context.api.call({ verb: 'list', resource: PODS, namespace });
  if (!listed.ok) return fail(`live list of pods failed: ${listed.message}`);
  return arrayAt(listed.object, 'items').some((item) => {
    const pod: unknown = { apiVersion: 'v1', kind: 'Pod', ...objectAt(item) };
    return isKubernetesObject(pod) && uses(pod, claim);
  });
}

function uses(pod: KubernetesObject, claim: KubernetesObject): boolean {
  if (nameAt(pod, 'spec', 'nodeName') === undefined) return false;
  const isShutDown = isBeingDeleted(pod) && numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') === 0;
  return arrayAt(pod, 'spec', 'volumes').some(
    (volume) =>
      nameAt(volume, 'persistentVolumeClaim', 'claimName') === nameOf(claim) ||
      (!isShutDown && ephemeralName(pod, volume) === nameOf(claim) && isControlledBy(claim, pod)),
  );
}

function protectVolume(context: ReconcileContext, key: string): Outcome | void {
  const volume = context.view(VOLUMES).getKey(key);
  if (volume === undefined) return;
  const finalizers = finalizersOf(volume);
  const isHeld = finalizers.includes(VOLUME_FINALIZER);
  if (!isBeingDeleted(volume)) {
    if (!isHeld) updateVolume(context, withFinalizers(volume, [...finalizers, VOLUME_FINALIZER]));
    return;
  }
  if (!isHeld || stringAt(volume, 'status', 'phase') === 'Bound') return;
  updateVolume(
    context,
    withFinalizers(
      volume,
      finalizers.filter((finalizer) => finalizer !== VOLUME_FINALIZER),
    ),
  );
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { PODS, STORAGE_CLASSES, VOLUMES } from '../resources.ts';
import { isTerminal } from '../workload/pod-state.ts';
import { fail } from '../workload/sync-failure.ts';
import { bind, setClaimStatus, updateClaim } from './bind.ts';
import {
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  SELECTED_NODE,
  claimRefKey,
  classOf,
  hasClass,
  isBoundTo,
} from './claim-facts.ts';
import { bestMatch, volumeProblem } from './matching.ts';
import { defaultClass, keyOfClaim, provision } from './provisioning.ts';

/** Source: pkg/controller/volume/persistentvolume/pv_controller.go `syncClaim`, 1.36. */
export function syncClaim(context: ReconcileContext, claim: KubernetesObject): void {
  if (annotationsOf(claim).has(BIND_COMPLETED)) return syncBound(context, claim);
  const wanted = nameAt(claim, 'spec', 'volumeName');
  return wanted === undefined ? findVolume(context, claim) : bindTo(context, claim, wanted);
}

/** A claim that leaves it to the controller which volume it gets. */
function findVolume(context: ReconcileContext, claim: KubernetesObject): void {
  const isDelayed = waitsForConsumer(context, claim);
  const volume = bestMatch(claim, context.view(VOLUMES).list(), isDelayed);
  if (volume !== undefined) return bind(context, volume, claim);
  if (!hasClass(claim)) {
    const storageClass = defaultClass(context);
    if (storageClass !== undefined) {
      const spec = { ...objectAt(claim, 'spec'), storageClassName: nameOf(storageClass) };
      updateClaim(context, { ...claim, spec });
      return;
    }
  }
  if (isDelayed && !annotationsOf(claim).has(SELECTED_NODE)) tellWaiting(context, claim);
  else if (classOf(claim) !== '') return provision(context, claim);
  else {
    const words = 'no persistent volumes available for this claim and no storage class is set';
    context.event(claim, 'Normal', 'FailedBinding', words);
  }
  setClaimStatus(context, claim, 'Pending');
}

function waitsForConsumer(context: ReconcileContext, claim: KubernetesObject): boolean {
  const storageClass = context.view(STORAGE_CLASSES).getKey(classOf(claim));
  return stringAt(storageClass, 'volumeBindingMode') === 'WaitForFirstConsumer';
}

/** Source: `emitEventForUnboundDelayBindingClaim`, 1.36. */
function tellWaiting(context: ReconcileContext, claim: KubernetesObject): void {
  const names = podsOf(context, claim)
    .filter((pod) => !isTerminal(pod) && nameAt(pod, 'spec', 'nodeName') === undefined)
    .map(nameOf);
  if (names.length === 0)
    return context.event(
      claim,
      'Normal',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
    );
  const pods = names.length > 1 ? `pods ${names.join(',')}` : `pod ${names[0] ?? ''}`;
  context.event(claim, 'Normal', 'WaitForPodScheduled', `waiting for ${pods} to be scheduled`);
}

function podsOf(context: ReconcileContext, claim: KubernetesObject): readonly KubernetesObject[] {
  const uses = (pod: KubernetesObject): boolean =>
    arrayAt(pod, 'spec', 'volumes').some(
      (volume) =>
        nameAt(volume, 'persistentVolumeClaim', 'claimName') === nameOf(claim) ||
        (objectAt(volume, 'ephemeral') !== undefined &&
          `${nameOf(pod)}-${stringAt(volume, 'name') ?? ''}` === nameOf(claim)),
    );
  return context.view(PODS).list(namespaceOf(claim)).filter(uses);
}

/** A claim that names its volume. */
function bindTo(context: ReconcileContext, claim: KubernetesObject, name: string): void {
  const volume = context.view(VOLUMES).getKey(name);
  if (volume === undefined) {
    setClaimStatus(context, claim, 'Pending');
    return;
  }
  if (objectAt(volume, 'spec', 'claimRef') === undefined) {
    const problem = volumeProblem(volume, claim);
    if (problem === undefined) return bind(context, volume, claim);
    context.event(claim, 'Warning', 'VolumeMismatch', `Cannot bind to requested volume "${name}": ${problem}`);
    setClaimStatus(context, claim, 'Pending');
    return;
  }
  if (isBoundTo(volume, claim)) return bind(context, volume, claim);
  context.event(claim, 'Warning', 'FailedBinding', `volume "${name}" already bound to a different claim.`);
  if (!annotationsOf(claim).has(BOUND_BY_CONTROLLER)) {
    setClaimStatus(context, claim, 'Pending');
    return;
  }
  return fail(
    `invalid binding of claim "${keyOfClaim(claim)}" to volume "${name}": volume already claimed by "${claimRefKey(volume)}"`,
  );
}

/** A claim that was bound stays so; else it is lost. */
function syncBound(context: ReconcileContext, claim: KubernetesObject): void {
  const name = nameAt(claim, 'spec', 'volumeName');
  const volume = name === undefined ? undefined : context.view(VOLUMES).getKey(name);
  if (name === undefined)
    return lose(
      context,
      claim,
      'ClaimLost',
      'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    );
  if (volume === undefined)
    return lose(context, claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  const reference = objectAt(volume, 'spec', 'claimRef');
  if (reference === undefined || stringAt(reference, 'uid') === uidOf(claim)) return bind(context, volume, claim);
  return lose(
    context,
    claim,
    'ClaimMisbound',
    'Two claims are bound to the same volume, this one is bound incorrectly',
  );
}

function lose(context: ReconcileContext, claim: KubernetesObject, reason: string, words: string): void {
  if (stringAt(claim, 'status', 'phase') === 'Lost') return;
  const lost = setClaimStatus(context, claim, 'Lost');
  context.event(lost, 'Warning', reason, words);
}

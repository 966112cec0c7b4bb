import { hasFinalizer, withFinalizer, withoutFinalizer } from '../../../apimachinery/finalizers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { CLAIMS } from '../../controllers/resources.ts';
import { fail, failureOf } from '../../controllers/workload/sync-failure.ts';
import { updateFailed } from './controller-error.ts';
import { CLAIM_FINALIZER, SNAPSHOTS } from './resources.ts';
import { isReady, sourceClaimOf, sourceContentOf } from './snapshot-facts.ts';

/*
 * A claim does not go while a snapshot is made of it.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go, v8.6.0.
 */

/** The claim of a snapshot, by name in its Namespace. Source: `getClaimFromVolumeSnapshot`. */
export function claimOf(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject {
  const name = sourceClaimOf(snapshot);
  if (name === undefined) return fail('the snapshot source PVC name is not specified');
  const claim = context.view(CLAIMS).get(namespaceOf(snapshot), name);
  const notFound = `persistentvolumeclaim ${quoteString(name)} not found`;
  return claim ?? fail(`failed to retrieve PVC ${name} from the lister: ${quoteString(notFound)}`);
}

/** Source: `ensurePVCFinalizer`. */
export function protectClaim(context: ReconcileContext, snapshot: KubernetesObject): void {
  if (sourceClaimOf(snapshot) === undefined) return;
  const found = failureOf(() => claimOf(context, snapshot));
  if ('failed' in found) return fail(updateFailed(nameOf(snapshot), 'cannot get claim from snapshot'));
  const claim = found.value;
  if (hasFinalizer(claim, CLAIM_FINALIZER)) return;
  if (isBeingDeleted(claim))
    return fail(updateFailed(nameOf(claim), 'cannot add finalizer on claim because it is being deleted'));
  const written = updateClaim(context, withFinalizer(claim, CLAIM_FINALIZER));
  if (!written.ok) fail(updateFailed(nameOf(claim), written.message));
}

function updateClaim(context: ReconcileContext, claim: KubernetesObject) {
  const place = { resource: CLAIMS, namespace: namespaceOf(claim) ?? '', name: nameOf(claim) };
  return context.api.call({ verb: 'update', ...place, body: claim });
}

/**
 * Lets a claim go that no snapshot needs any more; `isLeaving`: the snapshot itself does not count.
 * Source: `checkandRemovePVCFinalizer`.
 */
export function releaseClaim(context: ReconcileContext, snapshot: KubernetesObject, isLeaving: boolean): void {
  if (sourceClaimOf(snapshot) === undefined) return;
  const found = failureOf(() => claimOf(context, snapshot));
  if ('failed' in found || !hasFinalizer(found.value, CLAIM_FINALIZER)) return;
  if (isClaimInUse(context, found.value, snapshot, isLeaving)) return;
  unprotect(context, found.value);
}

/** Source: `removePVCFinalizer`; of five tries at a write that meets a Conflict (client-go retry `DefaultRetry`). */
export function unprotect(context: ReconcileContext, claim: KubernetesObject): void {
  const place = { resource: CLAIMS, namespace: namespaceOf(claim) ?? '', name: nameOf(claim) };
  for (let tries = 1; ; tries++) {
    const fresh = context.api.call({ verb: 'get', ...place });
    if (!fresh.ok) return fail(updateFailed(nameOf(claim), fresh.message));
    const written = updateClaim(context, withoutFinalizer(fresh.object, CLAIM_FINALIZER));
    if (written.ok) return undefined;
    if (written.code !== 409 || tries === TRIES) return fail(updateFailed(nameOf(claim), written.message));
  }
}

/** Source: staging/src/k8s.io/client-go/util/retry/util.go `DefaultRetry`, 1.36. */
const TRIES = 5;

/** Source: `isPVCBeingUsed`. */
function isClaimInUse(
  context: ReconcileContext,
  claim: KubernetesObject,
  snapshot: KubernetesObject,
  isLeaving: boolean,
): boolean {
  return context
    .view(SNAPSHOTS)
    .list(namespaceOf(snapshot) ?? '')
    .some((other) => {
      if (isLeaving && nameOf(other) === nameOf(snapshot)) return false;
      if (sourceClaimOf(other) === undefined && sourceContentOf(other) !== undefined) return false;
      return sourceClaimOf(other) === nameOf(claim) && !isReady(other);
    });
}

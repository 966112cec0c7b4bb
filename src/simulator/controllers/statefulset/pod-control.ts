import type { ApiResult } from '../../client/api-client.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { ReconcileContext } from '../controller.ts';
import { CLAIMS, PODS } from '../resources.ts';
import {
  hasStaleOwner,
  hasUnexpectedController,
  isClaimOwnerUpToDate,
  retentionPolicy,
  withClaimOwners,
} from './claim-retention.ts';
import { claimsOf, identityMatches, storageMatches, withIdentity, withStorage } from './identity.ts';
import { ordinalOf } from './ordinals.ts';

/** Why something could not be done, in upstream's words; undefined where it was. */
export type Failure = string | undefined;

type Verb = 'Create' | 'Update' | 'Delete';

/** How often a write is tried on what somebody else changed. Source: client-go/util/retry `DefaultBackoff`, 1.36. */
const TRIES = 4;

/**
 * Writes the Pods of one set and their claims, and says so in Events.
 * Source: pkg/controller/statefulset/stateful_pod_control.go, 1.36.
 */
export class StatefulPodControl {
  private readonly context: ReconcileContext;
  private readonly namespace: string;
  private readonly set: KubernetesObject;

  /** `set` is the set as it is; each call says which revision of it counts. */
  constructor(context: ReconcileContext, set: KubernetesObject) {
    this.context = context;
    this.set = set;
    this.namespace = namespaceOf(set) ?? '';
  }

  createPod(set: KubernetesObject, pod: KubernetesObject): Failure {
    const claims = this.createClaims(set, pod);
    if (claims !== undefined) return this.recorded('Create', pod, claims);
    const made = this.context.api.call({ verb: 'create', resource: PODS, namespace: this.namespace, body: pod });
    if (!made.ok && made.reason === 'AlreadyExists') return made.message;
    const retention = this.updateClaims(set, pod);
    if (retention !== undefined) return this.recorded('Update', pod, retention);
    return this.recorded('Create', pod, failureOf(made));
  }

  updatePod(set: KubernetesObject, found: KubernetesObject): Failure {
    let pod = found;
    for (let tries = 1; ; tries++) {
      const { pod: wanted, failure } = this.conforming(set, pod);
      if (failure !== undefined) return this.recorded('Update', pod, failure);
      if (wanted === undefined) return undefined;
      const at = { resource: PODS, namespace: this.namespace, name: nameOf(pod) };
      const written = this.context.api.call({ ...at, verb: 'update', body: wanted });
      const isLast = written.ok || written.code !== 409 || tries === TRIES;
      if (isLast) return this.recorded('Update', pod, failureOf(written));
      const fresh = this.context.api.call({ ...at, verb: 'get' });
      if (fresh.ok) pod = fresh.object;
    }
  }

  /** The Pod as the set wants it; undefined where it is so. Its claims are made and given their owners. */
  private conforming(
    set: KubernetesObject,
    pod: KubernetesObject,
  ): { readonly pod?: KubernetesObject; readonly failure?: string } {
    const named = identityMatches(set, pod) ? pod : withIdentity(set, pod);
    let stored = named;
    if (!storageMatches(set, named)) {
      stored = withStorage(set, named);
      const failure = this.createClaims(set, stored);
      if (failure !== undefined) return { failure };
    }
    const matches = this.claimsMatch(set, stored);
    if (!matches) {
      const failure = this.updateClaims(set, stored);
      if (failure !== undefined) return { failure };
    }
    return stored === pod && matches ? {} : { pod: stored };
  }

  /** One that is gone already is deleted. */
  deletePod(pod: KubernetesObject): Failure {
    const at = { resource: PODS, namespace: this.namespace, name: nameOf(pod) };
    const gone = this.context.api.call({ ...at, verb: 'delete' });
    return this.recorded('Delete', pod, gone.ok || gone.code === 404 ? undefined : gone.message);
  }

  /** Makes the claims of a Pod that waits, where they are missing. */
  createMissingClaims(set: KubernetesObject, pod: KubernetesObject): Failure {
    const claims = this.createClaims(set, pod);
    if (claims !== undefined) return claims;
    const retention = this.updateClaims(set, pod);
    return retention === undefined ? undefined : this.recorded('Update', pod, retention);
  }

  /** Whether the claims that exist have the owners of the policy. */
  claimsMatch(set: KubernetesObject, pod: KubernetesObject): boolean {
    return this.knownClaims(set, pod).every((claim) => isClaimOwnerUpToDate(claim, set, pod));
  }

  updateClaims(set: KubernetesObject, pod: KubernetesObject): Failure {
    for (const claim of this.knownClaims(set, pod)) {
      const name = nameOf(claim);
      if (hasUnexpectedController(claim, set, pod)) {
        const words = `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`;
        this.context.event(this.set, 'Warning', 'ConflictingController', words);
      }
      if (isClaimOwnerUpToDate(claim, set, pod)) continue;
      const body = withClaimOwners(claim, set, pod);
      const at = { resource: CLAIMS, namespace: this.namespace, name };
      const written = this.context.api.call({ ...at, verb: 'update', body });
      if (!written.ok) return `could not update claim ${name} for delete policy ownerRefs: ${written.message}`;
    }
    return undefined;
  }

  /** Whether a claim still belongs to a Pod of the same name that is gone: no Pod is made until it has gone too. */
  isClaimStale(set: KubernetesObject, pod: KubernetesObject): boolean {
    return (
      retentionPolicy(set).whenScaled !== 'Retain' &&
      this.knownClaims(set, pod).some((claim) => hasStaleOwner(claim, pod))
    );
  }

  private knownClaims(set: KubernetesObject, pod: KubernetesObject): readonly KubernetesObject[] {
    return [...claimsOf(set, ordinalOf(pod)).values()].flatMap(
      (claim) => this.context.view(CLAIMS).get(this.namespace, nameOf(claim)) ?? [],
    );
  }

  private createClaims(set: KubernetesObject, pod: KubernetesObject): Failure {
    const failures: string[] = [];
    for (const claim of claimsOf(set, ordinalOf(pod)).values()) {
      const name = nameOf(claim);
      const known = this.context.view(CLAIMS).get(this.namespace, name);
      if (known !== undefined) {
        if (isBeingDeleted(known)) failures.push(`pvc ${name} is being deleted`);
        continue;
      }
      const made = this.context.api.call({
        verb: 'create',
        resource: CLAIMS,
        namespace: this.namespace,
        body: claim,
      });
      if (!made.ok) failures.push(`failed to create PVC ${name}: ${made.message}`);
      if (made.ok || made.reason !== 'AlreadyExists') this.recordClaim(pod, name, failureOf(made));
    }
    return aggregated(failures);
  }

  private recorded(verb: Verb, pod: KubernetesObject, failure: Failure): Failure {
    const words = `${verb} Pod ${nameOf(pod)} in StatefulSet ${nameOf(this.set)}`;
    if (failure === undefined) this.context.event(this.set, 'Normal', `Successful${verb}`, `${words} successful`);
    else this.context.event(this.set, 'Warning', `Failed${verb}`, `${words} failed error: ${failure}`);
    return failure;
  }

  private recordClaim(pod: KubernetesObject, claim: string, failure: Failure): void {
    const [owner, name] = [nameOf(this.set), nameOf(pod)];
    if (failure === undefined) {
      const words = `Create Claim ${claim} Pod ${name} in StatefulSet ${owner} success`;
      return this.context.event(this.set, 'Normal', 'SuccessfulCreate', words);
    }
    const words = `Create Claim ${claim} for Pod ${name} in StatefulSet ${owner} failed error: ${failure}`;
    this.context.event(this.set, 'Warning', 'FailedCreate', words);
  }
}

function failureOf(result: ApiResult): Failure {
  return result.ok ? undefined : result.message;
}

/** Several failures as one text. Source: apimachinery/pkg/util/errors `NewAggregate`, 1.36. */
export function aggregated(failures: readonly string[]): Failure {
  const different = [...new Set(failures)];
  return different.length > 1 ? `[${different.join(', ')}]` : different[0];
}

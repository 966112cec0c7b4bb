import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import {
  canBeReserved,
  claimName,
  isOwnedBy,
  isReservedFor,
} from '../../scheduler/plugins/dynamic-resources/pod-claims.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import { PODS, RESOURCE_CLAIMS, RESOURCE_CLAIM_TEMPLATES } from '../resources.ts';
import { claimFromTemplate, generatedClaim } from './claim-from-template.ts';
import { isPodDone, syncClaim } from './sync-claim.ts';

const POD = 'pod:';
const CLAIM = 'claim:';

/**
 * Makes claims from templates, reserves claims for Pods that others placed, and takes back what ended Pods had.
 * PodGroups are not modelled. Source: pkg/controller/resourceclaim/controller.go, 1.36.
 */
export const resourceClaim: Controller = {
  name: 'resourceclaim-controller',
  account: 'resource-claim-controller',
  reportsAs: 'resource_claim',
  workers: 50,
  watches: [
    { resource: PODS, keysOf: podKeys },
    {
      resource: RESOURCE_CLAIMS,
      keysOf: ({ key, type, object }, caches) => [
        ...(type === 'DELETED' ? [] : [`${CLAIM}${key}`]),
        ...podsOf(object, type, caches),
      ],
    },
    {
      resource: RESOURCE_CLAIM_TEMPLATES,
      keysOf: ({ type, object }, caches) =>
        type === 'DELETED'
          ? []
          : podsWith(caches, object, (pod) =>
              arrayAt(pod, 'spec', 'resourceClaims').some(
                (entry) => stringAt(entry, 'resourceClaimTemplateName') === nameOf(object),
              ),
            ),
    },
  ],
  reconcile(context, key) {
    if (key.startsWith(CLAIM)) return syncClaim(context, key.slice(CLAIM.length));
    return syncPod(context, key.slice(POD.length));
  },
};

function podKeys({ key, type, object: pod }: WatchEvent, caches: Caches): readonly string[] {
  const entries = arrayAt(pod, 'spec', 'resourceClaims');
  const extended = nameAt(pod, 'status', 'extendedResourceClaimStatus', 'resourceClaimName');
  if (entries.length === 0 && extended === undefined) return [];
  const keys: string[] = [];
  const namespace = namespaceOf(pod) ?? 'default';
  if (type === 'DELETED' || isPodDone(pod)) {
    for (const entry of entries) {
      const name = claimName(pod, entry);
      if ('name' in name && name.name !== undefined) keys.push(`${CLAIM}${namespace}/${name.name}`);
    }
    // The scheduler made it, and no field of the Pod's spec names it.
    if (extended !== undefined) keys.push(`${CLAIM}${namespace}/${extended}`);
  }
  if (type !== 'DELETED' && needsWork(pod, caches)) keys.push(`${POD}${key}`);
  return keys;
}

/** Source: controller.go `podNeedsWork`, 1.36. */
function needsWork(pod: KubernetesObject, caches: Caches): boolean {
  if (isBeingDeleted(pod)) return false;
  const namespace = namespaceOf(pod) ?? 'default';
  return arrayAt(pod, 'spec', 'resourceClaims').some((entry) => {
    const name = claimName(pod, entry);
    if ('problem' in name) return true;
    if (name.name === undefined) return false;
    const claim = caches.view(RESOURCE_CLAIMS).get(namespace, name.name);
    if (claim === undefined) return name.isGenerated;
    if (name.isGenerated && !isOwnedBy(claim, pod)) return true;
    const isPlaced = nameAt(pod, 'spec', 'nodeName') !== undefined;
    return isPlaced && !isReservedFor(claim, nameAt(pod, 'metadata', 'uid') ?? '') && canBeReserved(claim);
  });
}

/** The Pods that a claim matters to. */
function podsOf(claim: KubernetesObject, type: WatchEvent['type'], caches: Caches): readonly string[] {
  return podsWith(caches, claim, (pod) => {
    const uses = arrayAt(pod, 'spec', 'resourceClaims').some((entry) => {
      const name = claimName(pod, entry);
      return 'name' in name && name.name === nameOf(claim);
    });
    return (uses || (type === 'ADDED' && isOwnedBy(claim, pod))) && needsWork(pod, caches);
  });
}

function podsWith(
  caches: Caches,
  { metadata }: KubernetesObject,
  isMeant: (pod: KubernetesObject) => boolean,
): readonly string[] {
  const namespace = nameAt(metadata, 'namespace') ?? 'default';
  return caches
    .view(PODS)
    .list(namespace)
    .filter((pod) => arrayAt(pod, 'spec', 'resourceClaims').length > 0 && isMeant(pod))
    .map((pod) => `${POD}${namespace}/${nameOf(pod)}`);
}

function syncPod(context: ReconcileContext, key: string): Outcome | undefined {
  const pod = context.view(PODS).getKey(key);
  if (pod === undefined || isBeingDeleted(pod)) return undefined;
  const made: { readonly name: string; readonly resourceClaimName: string }[] = [];
  for (const entry of arrayAt(pod, 'spec', 'resourceClaims')) {
    const name = stringAt(entry, 'name') ?? '';
    const claim = generatedClaim(context, pod, entry) ?? claimFromTemplate(context, pod, entry);
    if (claim === undefined) continue;
    if ('failed' in claim) {
      context.event(pod, 'Warning', 'FailedResourceClaimCreation', `PodResourceClaim ${name}: ${claim.failed}`);
      return { failed: `pod ${key}, PodResourceClaim ${name}: ${claim.failed}` };
    }
    made.push({ name, resourceClaimName: claim.name });
  }
  if (made.length > 0) {
    const [namespace, name] = [namespaceOf(pod) ?? 'default', nameOf(pod)];
    const answer = context.api.call({
      verb: 'patch',
      resource: PODS,
      namespace,
      name,
      subresource: 'status',
      options: { patchType: 'apply', fieldManager: 'ResourceClaimController', force: true },
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace },
        status: { resourceClaimStatuses: made },
      },
    });
    if (!answer.ok) return { failed: `update pod ${key} ResourceClaimStatuses: ${answer.message}` };
  }
  return nameAt(pod, 'spec', 'nodeName') === undefined ? undefined : reserveClaims(context, pod);
}

/** A Pod that was bound past the scheduler. */
function reserveClaims(context: ReconcileContext, pod: KubernetesObject): Outcome | undefined {
  const namespace = namespaceOf(pod) ?? 'default';
  const uid = nameAt(pod, 'metadata', 'uid') ?? '';
  for (const entry of arrayAt(pod, 'spec', 'resourceClaims')) {
    const name = claimName(pod, entry);
    if ('problem' in name) return { failed: name.problem };
    if (name.name === undefined) continue;
    const claim = context.view(RESOURCE_CLAIMS).get(namespace, name.name);
    if (claim === undefined) return undefined;
    if (name.isGenerated && !isOwnedBy(claim, pod))
      return { failed: `ResourceClaim ${namespace}/${name.name} was not created for Pod ${namespace}/${nameOf(pod)}` };
    const status = claim['status'];
    if (objectAt(status, 'allocation') === undefined || isReservedFor(claim, uid) || !canBeReserved(claim)) continue;
    const reservedFor = [...arrayAt(status, 'reservedFor'), { resource: 'pods', name: nameOf(pod), uid }];
    const answer = context.api.call({
      verb: 'update',
      resource: RESOURCE_CLAIMS,
      namespace,
      name: name.name,
      subresource: 'status',
      body: { ...claim, status: { ...objectAt(status), reservedFor } },
    });
    if (!answer.ok) return { failed: `reserve claim ${namespace}/${name.name}: ${answer.message}` };
  }
  return undefined;
}

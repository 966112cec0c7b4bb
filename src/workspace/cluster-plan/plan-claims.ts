import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { defaultDeviceClaimSpec } from '../../kinds/shared/defaults/device-claim.ts';
import { claimsOf, withStorage } from '../../simulator/controllers/statefulset/identity.ts';
import type { PlanSnapshot } from './plan-snapshot.ts';
import { settleClaim } from './plan-volumes.ts';

/**
 * The Pod as it comes to the scheduler, with the claims that are made for it: those of a StatefulSet's templates, of
 * ephemeral volumes and of ResourceClaimTemplates. Source: pkg/controller/statefulset/stateful_set_utils.go,
 * pkg/controller/volume/ephemeral/controller.go `handleVolume`, pkg/controller/resourceclaim/controller.go `handleClaim`, 1.36.
 */
export function withMadeClaims(
  snapshot: PlanSnapshot,
  pod: KubernetesObject,
  set: KubernetesObject | undefined,
): KubernetesObject {
  const stored = set === undefined ? pod : withStorage(set, pod);
  if (set !== undefined)
    for (const claim of claimsOf(set, Number(nameOf(pod).split('-').at(-1))).values()) addVolumeClaim(snapshot, claim);
  for (const volume of arrayAt(stored, 'spec', 'volumes')) {
    const template = objectAt(volume, 'ephemeral', 'volumeClaimTemplate');
    if (template === undefined) continue;
    const name = `${nameOf(pod)}-${stringAt(volume, 'name') ?? ''}`;
    addVolumeClaim(snapshot, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...objectAt(template, 'metadata'), ...ownedBy(pod, name) },
      spec: objectAt(template, 'spec') ?? {},
    });
  }
  return withDeviceClaims(snapshot, stored);
}

/** A claim that the design holds is there before one is made. */
function addVolumeClaim(snapshot: PlanSnapshot, claim: KubernetesObject): void {
  const key = `${namespaceOf(claim) ?? 'default'}/${nameOf(claim)}`;
  if (snapshot.get('persistentvolumeclaims', key) !== undefined) return;
  snapshot.put('persistentvolumeclaims', key, claim);
  settleClaim(snapshot, key);
}

function withDeviceClaims(snapshot: PlanSnapshot, pod: KubernetesObject): KubernetesObject {
  const namespace = namespaceOf(pod) ?? 'default';
  const made = arrayAt(pod, 'spec', 'resourceClaims').flatMap((entry): JsonObject[] => {
    const template = snapshot.claimTemplate(`${namespace}/${nameAt(entry, 'resourceClaimTemplateName') ?? ''}`);
    if (template === undefined) return [];
    const name = stringAt(entry, 'name') ?? '';
    const resourceClaimName = `${nameOf(pod)}-${name}`;
    snapshot.put('resourceclaims', `${namespace}/${resourceClaimName}`, {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaim',
      metadata: ownedBy(pod, resourceClaimName),
      spec: defaultDeviceClaimSpec(objectAt(template, 'spec', 'spec') ?? {}),
    });
    return [{ name, resourceClaimName }];
  });
  return made.length === 0 ? pod : { ...pod, status: { ...objectAt(pod, 'status'), resourceClaimStatuses: made } };
}

function ownedBy(pod: KubernetesObject, name: string): JsonObject {
  const namespace = namespaceOf(pod) ?? 'default';
  const owner = { apiVersion: 'v1', kind: 'Pod', name: nameOf(pod), uid: nameAt(pod, 'metadata', 'uid') ?? '' };
  return { name, namespace, uid: `${namespace}/${name}`, ownerReferences: [{ ...owner, controller: true }] };
}

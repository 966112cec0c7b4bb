import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import { isControlledBy } from '../../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import type { PodInfo } from '../../pod-info.ts';

/** A volume of a Pod that a PersistentVolumeClaim stands behind. */
export interface ClaimedVolume {
  readonly claimName: string;
  /** The claim is made for the Pod, from the template in its volume. */
  readonly isEphemeral: boolean;
}

export function claimedVolumes(pod: KubernetesObject): readonly ClaimedVolume[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) => claimedVolume(pod, volume) ?? []);
}

function claimedVolume(pod: KubernetesObject, volume: JsonValue): ClaimedVolume | undefined {
  if (objectAt(volume, 'persistentVolumeClaim') !== undefined)
    return { claimName: stringAt(volume, 'persistentVolumeClaim', 'claimName') ?? '', isEphemeral: false };
  if (objectAt(volume, 'ephemeral') === undefined) return undefined;
  return { claimName: `${nameOf(pod)}-${stringAt(volume, 'name') ?? ''}`, isEphemeral: true };
}

/** Whether one of the Pod's volumes is behind the claim. */
export function usesClaim({ pod, namespace }: PodInfo, claim: KubernetesObject | undefined): boolean {
  if (claim === undefined || (nameAt(claim, 'metadata', 'namespace') ?? 'default') !== namespace) return false;
  return claimedVolumes(pod).some(({ claimName }) => claimName === nameOf(claim));
}

/** `persistentvolumeclaim "x" not found`, as the API machinery says it. */
export function notFound(resource: string, name: string): string {
  return `${resource} "${name}" not found`;
}

/** Why a claim is not the one that was made for an ephemeral volume. Source: component-helpers/storage/ephemeral, 1.36. */
export function notMadeForPod({ pod, namespace }: PodInfo, claim: KubernetesObject): string | undefined {
  if (isControlledBy(claim, pod)) return undefined;
  return `PVC ${namespace}/${nameOf(claim)} was not created for pod ${namespace}/${nameOf(pod)} (pod is not owner)`;
}

export function requestsStorage(claim: KubernetesObject): boolean {
  return valueAt(claim, 'spec', 'resources', 'requests', 'storage') !== undefined;
}

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** Of a claim or a volume. Source: component-helpers/storage/volume/helpers.go `GetPersistentVolumeClaimClass`, 1.36. */
export function classNameOf(object: KubernetesObject): string {
  return (
    stringAt(object, 'metadata', 'annotations', CLASS_ANNOTATION) ?? nameAt(object, 'spec', 'storageClassName') ?? ''
  );
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt } from '../../base/json.ts';

/** A volume of a Pod that is a claim. */
export interface ClaimVolume {
  /** Name of the volume in the Pod. */
  readonly volume: string;
  /** Name of the claim. */
  readonly claim: string;
  readonly isReadOnly: boolean;
}

/** The claims that a Pod's volumes are, ephemeral ones by the name that their claim is given. */
export function claimsOf(pod: KubernetesObject): readonly ClaimVolume[] {
  return arrayAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const name = stringAt(volume, 'name') ?? '';
    const isEphemeral = objectAt(volume, 'ephemeral') !== undefined;
    const claim = isEphemeral ? `${nameOf(pod)}-${name}` : nameAt(volume, 'persistentVolumeClaim', 'claimName');
    const isReadOnly = booleanAt(volume, 'persistentVolumeClaim', 'readOnly') === true;
    return claim === undefined ? [] : [{ volume: name, claim, isReadOnly }];
  });
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { nameAt, objectAt, stringAt } from '../../../base/json.ts';

/** Source of this file: staging/src/k8s.io/component-helpers/storage/volume/{pv_helpers,helpers}.go, 1.36. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** The Node that the scheduler has chosen for the first Pod of a claim: its volume is made for there. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** Class of a claim or a volume; '' where it has none. */
export function classOf(object: KubernetesObject): string {
  return annotationsOf(object).get(BETA_CLASS) ?? nameAt(object, 'spec', 'storageClassName') ?? '';
}

/** Whether a claim says what class it wants, be it none. */
export function hasClass(claim: KubernetesObject): boolean {
  return annotationsOf(claim).has(BETA_CLASS) || stringAt(claim, 'spec', 'storageClassName') !== undefined;
}

export function modeOf(object: KubernetesObject): string {
  return stringAt(object, 'spec', 'volumeMode') ?? 'Filesystem';
}

export function attributesClassOf(object: KubernetesObject): string {
  return stringAt(object, 'spec', 'volumeAttributesClassName') ?? '';
}

/** Whether a volume is kept for a claim, by a user or by the controller. */
export function isBoundTo(volume: KubernetesObject, claim: KubernetesObject): boolean {
  const reference = objectAt(volume, 'spec', 'claimRef');
  if (reference === undefined) return false;
  const isNamed =
    stringAt(reference, 'name') === nameOf(claim) && stringAt(reference, 'namespace') === namespaceOf(claim);
  const uid = nameAt(reference, 'uid');
  return isNamed && (uid === undefined || uid === uidOf(claim));
}

export function claimRefKey(volume: KubernetesObject): string {
  const reference = objectAt(volume, 'spec', 'claimRef');
  return `${stringAt(reference, 'namespace') ?? ''}/${stringAt(reference, 'name') ?? ''}`;
}

export function withAnnotation(object: KubernetesObject, key: string, value: string): KubernetesObject {
  const metadata = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata: { ...metadata, annotations: { ...objectAt(metadata, 'annotations'), [key]: value } } };
}

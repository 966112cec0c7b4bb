import type { KubernetesObject } from '../apimachinery/object.ts';
import { annotationsOf } from '../apimachinery/object.ts';
import { ZERO, compareQuantities, quantityOf } from '../apimachinery/quantity.ts';
import { booleanAt, stringAt, valueAt } from '../base/json.ts';
import { CLASS_ANNOTATION } from '../kinds/shared/volume-words.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { forbidden } from './answer.ts';
import { STORAGE_CLASS } from './cluster-view.ts';

/**
 * A claim grows only once it is bound, and where its class allows it.
 * Source: plugin/pkg/admission/storage/persistentvolume/resize/admission.go, 1.36.
 */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  operations: ['UPDATE'],
  validate(request, cluster) {
    const { object, oldObject } = request;
    if (!isFor(request, 'persistentvolumeclaims') || object === undefined || oldObject === undefined) return undefined;
    if (compareQuantities(sizeOf(object), sizeOf(oldObject)) <= 0) return undefined;
    const field = ['spec', 'resources', 'requests', 'storage'];
    if (stringAt(oldObject, 'status', 'phase') !== 'Bound') {
      return forbidden(request, 'Only bound persistent volume claims can be expanded', { field });
    }
    const name = claimClassOf(object);
    const isSame = name !== '' && name === claimClassOf(oldObject);
    const allows = isSame ? booleanAt(cluster.get(STORAGE_CLASS, '', name), 'allowVolumeExpansion') : undefined;
    if (allows === true) return undefined;
    return forbidden(
      request,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
      { field, objects: name === '' ? [] : [{ ...STORAGE_CLASS, namespace: '', name }] },
    );
  },
};

function sizeOf(claim: KubernetesObject) {
  return quantityOf(valueAt(claim, 'spec', 'resources', 'requests', 'storage')) ?? ZERO;
}

/** Source: pkg/apis/core/helper/helpers.go `GetPersistentVolumeClaimClass`, 1.36. */
export function claimClassOf(claim: KubernetesObject): string {
  return annotationsOf(claim).get(CLASS_ANNOTATION) ?? stringAt(claim, 'spec', 'storageClassName') ?? '';
}

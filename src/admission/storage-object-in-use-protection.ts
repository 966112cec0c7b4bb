import { arrayAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { withFields } from './edit-object.ts';

/**
 * Gives volumes, claims and attributes classes a finalizer, so that none goes while it is used.
 * Source: plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go, 1.36.
 */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  operations: ['CREATE'],
  admit(request) {
    const { object } = request;
    const found = FINALIZERS.find(([resource]) => isFor(request, resource));
    if (object === undefined || found === undefined) return undefined;
    const finalizers = arrayAt(object, 'metadata', 'finalizers');
    if (finalizers.includes(found[1])) return undefined;
    return { object: withFields(object, ['metadata'], { finalizers: [...finalizers, found[1]] }) };
  },
};

const FINALIZERS = [
  ['persistentvolumes', 'kubernetes.io/pv-protection'],
  ['persistentvolumeclaims', 'kubernetes.io/pvc-protection'],
  ['volumeattributesclasses.storage.k8s.io', 'kubernetes.io/vac-protection'],
] as const;

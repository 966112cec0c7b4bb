import type { KubernetesObject } from '../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../apimachinery/object.ts';
import { stringAt } from '../base/json.ts';
import { CLASS_ANNOTATION } from '../kinds/shared/volume-words.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { STORAGE_CLASS } from './cluster-view.ts';
import { defaultClassOf } from './default-class.ts';
import { withFields } from './edit-object.ts';

/**
 * Gives a claim that names no class the default one.
 * Source: plugin/pkg/admission/storage/storageclass/setdefault/admission.go, 1.36.
 */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  operations: ['CREATE'],
  admit(request, cluster) {
    const { object } = request;
    if (!isFor(request, 'persistentvolumeclaims') || object === undefined || hasClass(object)) return undefined;
    const found = defaultClassOf(cluster, STORAGE_CLASS, ANNOTATIONS);
    return found && { object: withFields(object, ['spec'], { storageClassName: nameOf(found) }) };
  },
};

const ANNOTATIONS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** An empty name asks for a volume without class, which is a class as far as this goes. */
function hasClass(claim: KubernetesObject): boolean {
  return annotationsOf(claim).has(CLASS_ANNOTATION) || stringAt(claim, 'spec', 'storageClassName') !== undefined;
}

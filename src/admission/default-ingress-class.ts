import { annotationsOf, nameOf } from '../apimachinery/object.ts';
import { stringAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { defaultClassOf } from './default-class.ts';
import { withFields } from './edit-object.ts';

/**
 * Gives an Ingress that names no class, in a field or the old annotation, the default one.
 * Source: plugin/pkg/admission/network/defaultingressclass/admission.go, 1.36.
 */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  operations: ['CREATE'],
  admit(request, cluster) {
    const { object } = request;
    if (!isFor(request, 'ingresses.networking.k8s.io') || object === undefined) return undefined;
    if (stringAt(object, 'spec', 'ingressClassName') !== undefined) return undefined;
    if (annotationsOf(object).has('kubernetes.io/ingress.class')) return undefined;
    const found = defaultClassOf(cluster, INGRESS_CLASS, ['ingressclass.kubernetes.io/is-default-class']);
    return found && { object: withFields(object, ['spec'], { ingressClassName: nameOf(found) }) };
  },
};

const INGRESS_CLASS = { group: 'networking.k8s.io', kind: 'IngressClass' };

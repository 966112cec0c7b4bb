import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { loadBalancerWarnings } from '../shared/status-address-warnings.ts';
import { pointerAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateIngress } from './ingress.validation.ts';
import { validateIngressStatus } from './ingress.status.ts';

/** Source: pkg/registry/networking/ingress/strategy.go, 1.36. Nothing is defaulted. */
export const ingressStrategy: KindStrategy = {
  group: 'networking.k8s.io',
  kind: 'Ingress',
  hasStatus: true,
  validateStatus: validateIngressStatus,
  statusWarnings: loadBalancerWarnings,
  hasGeneration: true,
  setDefaults: (object) => object,
  validate: validateIngress,
  warnings: (object, old) => (old === undefined ? ingressWarnings(object) : []),
};

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

function ingressWarnings(object: KubernetesObject): readonly string[] {
  if (!annotationsOf(object).has(CLASS_ANNOTATION)) return [];
  if (pointerAt(object, 'spec', 'ingressClassName') !== undefined) return [];
  return [`annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`];
}

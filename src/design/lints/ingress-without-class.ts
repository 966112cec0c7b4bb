import { nameAt } from '../../base/json.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Ingresses that name no class where none is the default. */
export const ingressWithoutClass: Lint = {
  id: 'ingress-without-class',
  group: 'network',
  severity: 'info',
  defaultOn: true,
  find: perObject('Ingress', ['networking.k8s.io/v1'], ({ object }, context) => {
    const isNamed =
      nameAt(object, 'spec', 'ingressClassName') !== undefined ||
      annotationsOf(object).has('kubernetes.io/ingress.class');
    const hasDefault = context
      .objects('IngressClass', 'networking.k8s.io/v1')
      .some((other) => annotationsOf(other.object).get('ingressclass.kubernetes.io/is-default-class') === 'true');
    return isNamed || hasDefault ? NO_SPOTS : [{ at: ['spec', 'ingressClassName'] }];
  }),
};

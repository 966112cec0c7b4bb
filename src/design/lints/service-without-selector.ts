import { objectAt, stringAt } from '../../base/json.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Services without a selector whose endpoints nobody writes. */
export const serviceWithoutSelector: Lint = {
  id: 'service-without-selector',
  group: 'network',
  severity: 'info',
  defaultOn: true,
  find: (context) => {
    const written = new Set([
      ...context.objects('Endpoints', 'v1').map(({ namespace, object }) => `${namespace}/${nameOf(object)}`),
      ...context
        .objects('EndpointSlice', 'discovery.k8s.io/v1')
        .map(({ namespace, object }) => `${namespace}/${labelsOf(object).get('kubernetes.io/service-name') ?? ''}`),
    ]);
    return perObject('Service', ['v1'], ({ namespace, object }) => {
      const isOther =
        stringAt(object, 'spec', 'type') === 'ExternalName' || written.has(`${namespace}/${nameOf(object)}`);
      const isEmpty = Object.keys(objectAt(object, 'spec', 'selector') ?? {}).length === 0;
      return isEmpty && !isOther ? [{ at: ['spec', 'selector'] }] : NO_SPOTS;
    })(context);
  },
};

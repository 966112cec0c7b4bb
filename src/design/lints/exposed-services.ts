import { stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Services that are open to the outside of the cluster. */
export const exposedServices: Lint = {
  id: 'exposed-services',
  group: 'network',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'exposed-services',
  find: perObject('Service', ['v1'], ({ object }) => {
    const type = stringAt(object, 'spec', 'type') ?? '';
    return /^(?:NodePort|LoadBalancer)$/i.test(type) ? [{ at: ['spec', 'type'], params: { type } }] : NO_SPOTS;
  }),
};

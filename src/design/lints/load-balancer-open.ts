import { arrayAt, stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Load balancers that let in the whole Internet. */
export const loadBalancerOpen: Lint = {
  id: 'load-balancer-open',
  group: 'network',
  severity: 'info',
  defaultOn: true,
  find: perObject('Service', ['v1'], ({ object }) => {
    const isBalancer = stringAt(object, 'spec', 'type') === 'LoadBalancer';
    return isBalancer && arrayAt(object, 'spec', RANGES).length === 0 ? [{ at: ['spec', RANGES] }] : NO_SPOTS;
  }),
};

const RANGES = 'loadBalancerSourceRanges';

import { objectAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that may be put on any node. */
export const noNodeAffinity: Lint = {
  id: 'no-node-affinity',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'no-node-affinity',
  find: perPod(({ spec }) =>
    objectAt(spec, 'affinity', 'nodeAffinity') ? NO_SPOTS : [{ at: ['affinity', 'nodeAffinity'] }],
  ),
};

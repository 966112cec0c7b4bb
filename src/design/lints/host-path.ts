import { arrayAt, nameAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';

/** Volumes that are a directory of the node. */
export const hostPath: Lint = {
  id: 'host-path',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: perPod(({ spec }) =>
    arrayAt(spec, 'volumes').flatMap((volume, index) => {
      const path = nameAt(volume, 'hostPath', 'path');
      return path === undefined ? [] : [{ at: ['volumes', index, 'hostPath'], params: { path } }];
    }),
  ),
};

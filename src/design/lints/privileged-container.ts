import { booleanAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that may do what root on the node may. */
export const privilegedContainer: Lint = {
  id: 'privileged-container',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'privileged-container',
  find: perContainer(({ container }) =>
    booleanAt(container, 'securityContext', 'privileged') === true
      ? [{ at: ['securityContext', 'privileged'] }]
      : NO_SPOTS,
  ),
  fix: setTo(false),
};

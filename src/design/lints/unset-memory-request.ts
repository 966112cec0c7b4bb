import type { Lint } from './lint.ts';
import { unset } from './resources.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that neither request memory nor limit it. */
export const unsetMemoryRequest: Lint = {
  id: 'unset-memory-request',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }) =>
    unset(container, 'limits', 'memory').length > 0 ? unset(container, 'requests', 'memory') : NO_SPOTS,
  ),
};

import type { Lint } from './lint.ts';
import { unset } from './resources.ts';
import { perContainer } from './spots.ts';

/** Containers without a limit of memory. */
export const unsetMemoryRequirements: Lint = {
  id: 'unset-memory-requirements',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'unset-memory-requirements',
  find: perContainer(({ container }) => unset(container, 'limits', 'memory')),
};

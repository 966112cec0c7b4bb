import type { Lint } from './lint.ts';
import { unset } from './resources.ts';
import { perContainer } from './spots.ts';

/** Containers that do not request CPU. */
export const unsetCpuRequirements: Lint = {
  id: 'unset-cpu-requirements',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'unset-cpu-requirements',
  find: perContainer(({ container }) => unset(container, 'requests', 'cpu')),
};

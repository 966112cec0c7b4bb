import { objectAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers without a livenessProbe. */
export const noLivenessProbe: Lint = {
  id: 'no-liveness-probe',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'no-liveness-probe',
  find: perContainer(
    ({ container }) => (objectAt(container, 'livenessProbe') ? NO_SPOTS : [{ at: ['livenessProbe'] }]),
    ['containers'],
  ),
};

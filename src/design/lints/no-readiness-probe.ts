import { objectAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers without a readinessProbe. */
export const noReadinessProbe: Lint = {
  id: 'no-readiness-probe',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'no-readiness-probe',
  find: perContainer(
    ({ container }) => (objectAt(container, 'readinessProbe') ? NO_SPOTS : [{ at: ['readinessProbe'] }]),
    ['containers'],
  ),
};

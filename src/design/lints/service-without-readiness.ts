import { arrayAt, objectAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers behind a Service that never say whether they are ready. */
export const serviceWithoutReadiness: Lint = {
  id: 'service-without-readiness',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perContainer(
    ({ container }, { record }, { graph }) =>
      !objectAt(container, 'readinessProbe') &&
      arrayAt(container, 'ports').length > 0 &&
      graph.incoming(record.id).some(({ declaration }) => declaration.type === 'serviceSelector')
        ? [{ at: ['readinessProbe'] }]
        : NO_SPOTS,
    ['containers'],
  ),
};

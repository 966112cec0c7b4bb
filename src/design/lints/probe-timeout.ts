import { numberAt } from '../../base/json.ts';
import { setValue } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Probes that may take longer than the time to the next. */
export const probeTimeout: Lint = {
  id: 'probe-timeout',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }) =>
    ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => {
      const [timeout, period] = [
        numberAt(container, probe, 'timeoutSeconds') ?? 1,
        numberAt(container, probe, 'periodSeconds') ?? 10,
      ];
      return timeout > period ? [{ at: [probe, 'timeoutSeconds'], params: { probe, timeout, period } }] : [];
    }),
  ),
  fix: ({ record, field, params }) => [setValue(record, field, Number(params['period']))],
};

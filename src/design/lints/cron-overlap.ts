import { nameAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Schedules whose runs may overlap. */
export const cronOverlap: Lint = {
  id: 'cron-overlap',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  find: perObject('CronJob', ['batch/v1'], ({ object }) =>
    (nameAt(object, 'spec', 'concurrencyPolicy') ?? 'Allow') === 'Allow'
      ? [{ at: ['spec', 'concurrencyPolicy'] }]
      : NO_SPOTS,
  ),
  fix: setTo('Forbid'),
};

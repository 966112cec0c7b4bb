import { numberAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';

/** Workloads that keep no revision to go back to. */
export const noRevisionHistory: Lint = {
  id: 'no-revision-history',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perWorkload(({ record: { object } }) =>
    numberAt(object, 'spec', 'revisionHistoryLimit') === 0 ? [{ at: ['spec', 'revisionHistoryLimit'] }] : NO_SPOTS,
  ),
  fix: removeIt,
};

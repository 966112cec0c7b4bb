import { numberAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that are killed without a moment to end. */
export const noGracePeriod: Lint = {
  id: 'no-grace-period',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  find: perPod(({ spec }) =>
    numberAt(spec, 'terminationGracePeriodSeconds') === 0 ? [{ at: ['terminationGracePeriodSeconds'] }] : NO_SPOTS,
  ),
  fix: removeIt,
};

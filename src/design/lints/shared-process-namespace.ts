import { booleanAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods whose containers see each other's processes. */
export const sharedProcessNamespace: Lint = {
  id: 'shared-process-namespace',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: perPod(({ spec }) =>
    booleanAt(spec, 'shareProcessNamespace') === true ? [{ at: ['shareProcessNamespace'] }] : NO_SPOTS,
  ),
  fix: removeIt,
};

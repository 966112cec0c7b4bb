import { valueAt } from '../../base/json.ts';
import { intOrStringOf, scaledIntOrPercent } from '../../apimachinery/int-or-string.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A PodDisruptionBudget that never lets a Pod go. */
export const pdbMaxUnavailable: Lint = {
  id: 'pdb-max-unavailable',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'pdb-max-unavailable',
  find: perObject('PodDisruptionBudget', ['policy/v1'], ({ object }) => {
    const written = intOrStringOf(valueAt(object, 'spec', 'maxUnavailable'));
    if (written === undefined) return NO_SPOTS;
    const scaled = scaledIntOrPercent(written, 100, 'down');
    return 'error' in scaled || scaled.value === 0
      ? [{ at: ['spec', 'maxUnavailable'], params: { value: written } }]
      : NO_SPOTS;
  }),
  fix: setTo(1),
};

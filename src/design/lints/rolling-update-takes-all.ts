import { valueAt } from '../../base/json.ts';
import { intOrStringOf, scaledIntOrPercent } from '../../apimachinery/int-or-string.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { replicasOf } from './workload.ts';

/** Rolling updates that may take all Pods away at once. */
export const rollingUpdateTakesAll: Lint = {
  id: 'rolling-update-takes-all',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  find: perWorkload((workload) => {
    const { object } = workload.record;
    const at = ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'];
    const replicas = replicasOf(workload) ?? 0;
    const scaled = scaledIntOrPercent(intOrStringOf(valueAt(object, ...at)), replicas, 'down');
    return replicas > 1 && 'value' in scaled && scaled.value >= replicas ? [{ at, params: { replicas } }] : NO_SPOTS;
  }),
  fix: removeIt,
};

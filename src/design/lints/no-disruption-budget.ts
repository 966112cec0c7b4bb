import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { replicasOf } from './workload.ts';

/** Several replicas that no PodDisruptionBudget guards. */
export const noDisruptionBudget: Lint = {
  id: 'no-disruption-budget',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perWorkload((workload, { graph }) => {
    const isGuarded = graph
      .incoming(workload.record.id)
      .some(({ declaration }) => declaration.type === 'disruptionSelector');
    const replicas = replicasOf(workload) ?? 0;
    return replicas > 1 && !isGuarded ? [{ at: [], params: { replicas } }] : NO_SPOTS;
  }),
};

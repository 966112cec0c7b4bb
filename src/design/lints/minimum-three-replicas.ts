import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { replicasOf } from './workload.ts';

/** Workloads of fewer than three replicas. */
export const minimumThreeReplicas: Lint = {
  id: 'minimum-three-replicas',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'minimum-three-replicas',
  find: perWorkload((workload) => {
    const replicas = replicasOf(workload);
    return replicas === undefined || replicas >= 3 ? NO_SPOTS : [{ at: ['spec', 'replicas'], params: { replicas } }];
  }),
};

import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { replicasOf } from './workload.ts';

/** Deployments of one replica that no autoscaler scales. */
export const singleReplica: Lint = {
  id: 'single-replica',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perWorkload((workload, { graph }) => {
    const { record } = workload;
    const isScaled = graph.incoming(record.id).some(({ declaration }) => declaration.type === 'scaleTarget');
    const isService = graph.incoming(record.id).some(({ declaration }) => declaration.type === 'serviceSelector');
    return replicasOf(workload) === 1 && isService && !isScaled ? [{ at: ['spec', 'replicas'] }] : NO_SPOTS;
  }),
};

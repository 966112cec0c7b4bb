import type { Lint } from './lint.ts';
import { fewScaledReplicas } from './templates/replicas.ts';

/** An autoscaler that goes below three replicas. */
export const hpaMinimumThreeReplicas: Lint = {
  id: 'hpa-minimum-three-replicas',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'hpa-minimum-three-replicas',
  find: fewScaledReplicas(3),
};

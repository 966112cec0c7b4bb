import type { Lint } from './lint.ts';
import { fewReplicas } from './templates/replicas.ts';

/** Workloads of fewer than three replicas. */
export const minimumThreeReplicas: Lint = {
  id: 'minimum-three-replicas',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'minimum-three-replicas',
  find: fewReplicas(3),
};

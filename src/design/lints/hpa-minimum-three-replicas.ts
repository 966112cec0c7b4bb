import { numberAt } from '../../base/json.ts';
import { AUTOSCALING } from './autoscaling.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** An autoscaler that goes below three replicas. */
export const hpaMinimumThreeReplicas: Lint = {
  id: 'hpa-minimum-three-replicas',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'hpa-minimum-three-replicas',
  find: perObject('HorizontalPodAutoscaler', AUTOSCALING, ({ object }) => {
    const replicas = numberAt(object, 'spec', 'minReplicas') ?? 1;
    return replicas >= 3 ? NO_SPOTS : [{ at: ['spec', 'minReplicas'], params: { replicas } }];
  }),
};

import { numberAt } from '../../base/json.ts';
import { AUTOSCALING } from './autoscaling.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Autoscalers whose least and most replicas are the same. */
export const autoscalerWithoutRange: Lint = {
  id: 'autoscaler-without-range',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perObject('HorizontalPodAutoscaler', AUTOSCALING, ({ object }) => {
    const [least, most] = [numberAt(object, 'spec', 'minReplicas') ?? 1, numberAt(object, 'spec', 'maxReplicas')];
    return least === most ? [{ at: ['spec', 'maxReplicas'], params: { replicas: least } }] : NO_SPOTS;
  }),
};

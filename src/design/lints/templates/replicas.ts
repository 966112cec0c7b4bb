import { numberAt } from '../../../base/json.ts';
import { AUTOSCALING } from '../autoscaling.ts';
import type { Lint } from '../lint.ts';
import { NO_SPOTS, perObject, perWorkload } from '../spots.ts';
import { replicasOf } from '../workload.ts';
import { integerOf } from './parameters.ts';
import type { LintTemplate } from './template.ts';

const LEAST = { minReplicas: { type: 'integer' } } as const;

/** Workloads of fewer replicas. */
export function fewReplicas(least: number): Lint['find'] {
  return perWorkload((workload) => {
    const replicas = replicasOf(workload);
    return replicas === undefined || replicas >= least
      ? NO_SPOTS
      : [{ at: ['spec', 'replicas'], params: { replicas, least } }];
  });
}

export const minimumReplicas: LintTemplate = {
  key: 'minimum-replicas',
  kinds: ['DeploymentLike'],
  parameters: LEAST,
  find: ({ minReplicas }) => fewReplicas(integerOf(minReplicas) ?? 0),
};

/** Autoscalers that go lower. */
export function fewScaledReplicas(least: number): Lint['find'] {
  return perObject('HorizontalPodAutoscaler', AUTOSCALING, ({ object }) => {
    const replicas = numberAt(object, 'spec', 'minReplicas') ?? 1;
    return replicas >= least ? NO_SPOTS : [{ at: ['spec', 'minReplicas'], params: { replicas, least } }];
  });
}

export const minimumScaledReplicas: LintTemplate = {
  key: 'hpa-minimum-replicas',
  kinds: ['HorizontalPodAutoscaler'],
  parameters: LEAST,
  find: ({ minReplicas }) => fewScaledReplicas(integerOf(minReplicas) ?? 0),
};

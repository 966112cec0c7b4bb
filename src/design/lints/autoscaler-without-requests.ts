import { arrayAt, nameAt, numberAt } from '../../base/json.ts';
import { AUTOSCALING } from './autoscaling.ts';
import type { Lint } from './lint.ts';
import { unset } from './resources.ts';
import { perObject } from './spots.ts';

/** Autoscalers that measure against requests which the target does not have. */
export const autoscalerWithoutRequests: Lint = {
  id: 'autoscaler-without-requests',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  find: perObject('HorizontalPodAutoscaler', AUTOSCALING, ({ id, object }, context) => {
    const containers = context.graph
      .outgoing(id)
      .flatMap(({ to, declaration: { type } }) =>
        type === 'scaleTarget' && to !== null ? (context.workload(to) ?? []) : [],
      )
      .flatMap((target) => target.containers.filter(({ list }) => list === 'containers'));
    const lacks = (resource: string): boolean =>
      containers.some(({ container }) =>
        ['requests', 'limits'].every((list) => unset(container, list, resource).length > 0),
      );
    const metrics = arrayAt(object, 'spec', 'metrics').flatMap((metric, index) => {
      const resource = nameAt(metric, 'resource', 'name') ?? '';
      const isShare = numberAt(metric, 'resource', 'target', 'averageUtilization') !== undefined;
      return isShare && lacks(resource) ? [{ at: ['spec', 'metrics', index], params: { resource } }] : [];
    });
    const old = ['spec', 'targetCPUUtilizationPercentage'];
    const isOld = numberAt(object, ...old) !== undefined && lacks('cpu');
    return isOld ? [...metrics, { at: old, params: { resource: 'cpu' } }] : metrics;
  }),
};

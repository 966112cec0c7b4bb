import { valueAt } from '../../base/json.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';

/** Pods that no NetworkPolicy selects. */
export const nonIsolatedPod: Lint = {
  id: 'non-isolated-pod',
  group: 'network',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'non-isolated-pod',
  find: (context) => {
    const policies = context.objects('NetworkPolicy', 'networking.k8s.io/v1').map(({ namespace, object }) => ({
      namespace,
      selector: parseLabelSelector(valueAt(object, 'spec', 'podSelector') ?? {}),
    }));
    return perWorkload(({ record, template }) =>
      policies.some(
        ({ namespace, selector }) => namespace === record.namespace && matchesLabels(selector, template.labels),
      )
        ? NO_SPOTS
        : [{ at: [] }],
    )(context);
  },
};

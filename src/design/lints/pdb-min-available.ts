import { numberAt, stringAt, valueAt } from '../../base/json.ts';
import { intOrStringOf, readIntOrPercent } from '../../apimachinery/int-or-string.ts';
import type { IntOrPercent, IntOrString } from '../../apimachinery/int-or-string.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { AUTOSCALING } from './autoscaling.ts';
import type { Lint, LintContext } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';
import { replicasOf, workloadSelector } from './workload.ts';
import type { Workload } from './workload.ts';

/** A PodDisruptionBudget that asks for as many Pods as there are. */
export const pdbMinAvailable: Lint = {
  id: 'pdb-min-available',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'pdb-min-available',
  find: (context) =>
    perObject('PodDisruptionBudget', ['policy/v1'], ({ namespace, object }) => {
      const at = ['spec', 'minAvailable'];
      const written = intOrStringOf(valueAt(object, ...at));
      if (written === undefined) return NO_SPOTS;
      const least = leastOf(written);
      const params = { value: written };
      if (!least || (least.isPercent && least.value === 100)) return [{ at, params }];
      const selector = parseLabelSelector(valueAt(object, 'spec', 'selector'));
      if (selector.nothing || selector.invalid) return [{ at: ['spec', 'selector'], params }];
      return context
        .workloadsIn(namespace)
        .filter((workload) => isSelected(workload, selector))
        .filter((workload) => {
          const own = replicasOf(workload) ?? 0;
          const { object: target } = workload.record;
          const replicas = own === 1 ? (leastScaled(namespace, nameOf(target), context) ?? own) : own;
          return replicas <= (least.isPercent ? Math.ceil((replicas * least.value) / 100) : least.value);
        })
        .map(({ record }) => ({ at, params, related: [record.id] }));
    })(context),
};

/** `3`, `"3"` and `50%`; undefined for what is neither. */
function leastOf(written: IntOrString): IntOrPercent | undefined {
  if (typeof written === 'string' && /^[+-]?[0-9]+$/.test(written)) return { value: Number(written), isPercent: false };
  const read = readIntOrPercent(written);
  return 'error' in read ? undefined : read;
}

/** kube-linter compares with the workload's selector, not with the labels of its Pods. */
function isSelected(workload: Workload, selector: LabelSelector): boolean {
  const own = workloadSelector(workload);
  if (!own) return false;
  const labels = own.selector.requirements.flatMap(({ operator, key, values }): readonly [string, string][] =>
    operator === 'In' && values.length === 1 ? [[key, values[0]!]] : [],
  );
  return matchesLabels(selector, new Map(labels));
}

/** The least replicas of what scales a target; where several do, the last counts. */
function leastScaled(namespace: string, name: string, context: LintContext): number | undefined {
  const least = (kind: string, apiVersions: readonly string[], field: string): readonly number[] =>
    apiVersions
      .flatMap((apiVersion) => context.objectsIn(namespace, kind, apiVersion))
      .filter(({ object }) => stringAt(object, 'spec', 'scaleTargetRef', 'name') === name)
      .map(({ object }) => numberAt(object, 'spec', field) ?? 1);
  const autoscalers = least('HorizontalPodAutoscaler', AUTOSCALING, 'minReplicas');
  const scaled = least('ScaledObject', ['keda.sh/v1alpha1'], 'minReplicaCount').map((count) => Math.max(count, 1));
  return scaled.at(-1) ?? autoscalers.at(-1);
}

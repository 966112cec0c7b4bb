import { objectAt, stringAt } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { AUTOSCALING } from './autoscaling.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** An autoscaler whose target is not here; the check of missing references says it too. */
export const danglingHorizontalpodautoscaler: Lint = {
  id: 'dangling-horizontalpodautoscaler',
  group: 'reliability',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'dangling-horizontalpodautoscaler',
  find: (context) => {
    const targets = new Set(
      context.workloads().map(({ record: { object } }) => `${object.apiVersion} ${object.kind} ${nameOf(object)}`),
    );
    return perObject('HorizontalPodAutoscaler', AUTOSCALING, ({ object }) => {
      const target = objectAt(object, 'spec', 'scaleTargetRef') ?? {};
      const [version, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => stringAt(target, key) ?? '');
      const isHere = targets.has(`${version} ${kind} ${name}`);
      return isHere
        ? NO_SPOTS
        : [{ at: ['spec', 'scaleTargetRef', 'name'], params: { kind: kind ?? '', name: name ?? '' } }];
    })(context);
  },
};

import { stringAt, valueAt } from '../../base/json.ts';
import { formatLabelSelector, isEmptySelector, labelSelectorFromMap } from '../../apimachinery/label-selector.ts';
import type { Lint } from './lint.ts';
import { selectsAny } from './selects-any.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A Service that selects no Pods; the check of selectors says it too. */
export const danglingService: Lint = {
  id: 'dangling-service',
  group: 'network',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'dangling-service',
  find: (context) => serviceSelectsNothing([])(context),
};

/** Services that select no Pods; labels that only controllers write can be left out of account. */
export function serviceSelectsNothing(ignored: readonly string[]): Lint['find'] {
  return perObject('Service', ['v1'], ({ namespace, object }, context) => {
    if (stringAt(object, 'spec', 'type') === 'ExternalName') return NO_SPOTS;
    const written = labelSelectorFromMap(valueAt(object, 'spec', 'selector'));
    const params = { selector: formatLabelSelector(written) };
    if (isEmptySelector(written)) return [{ at: ['spec', 'selector'], params }];
    const selector = { ...written, requirements: written.requirements.filter(({ key }) => !ignored.includes(key)) };
    return selectsAny(selector, namespace, context) ? NO_SPOTS : [{ at: ['spec', 'selector'], params }];
  });
}

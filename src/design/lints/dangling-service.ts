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
  find: perObject('Service', ['v1'], ({ namespace, object }, context) => {
    if (stringAt(object, 'spec', 'type') === 'ExternalName') return NO_SPOTS;
    const selector = labelSelectorFromMap(valueAt(object, 'spec', 'selector'));
    const params = { selector: formatLabelSelector(selector) };
    if (isEmptySelector(selector)) return [{ at: ['spec', 'selector'], params }];
    return selectsAny(selector, namespace, context) ? NO_SPOTS : [{ at: ['spec', 'selector'], params }];
  }),
};

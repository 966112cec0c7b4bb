import { valueAt } from '../../base/json.ts';
import { formatLabelSelector, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { Lint } from './lint.ts';
import { selectsAny } from './selects-any.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A NetworkPolicy that selects no Pods; the check of selectors says it too. */
export const danglingNetworkpolicy: Lint = {
  id: 'dangling-networkpolicy',
  group: 'network',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'dangling-networkpolicy',
  find: perObject('NetworkPolicy', ['networking.k8s.io/v1'], ({ namespace, object }, context) => {
    const selector = parseLabelSelector(valueAt(object, 'spec', 'podSelector') ?? {});
    return selectsAny(selector, namespace, context)
      ? NO_SPOTS
      : [{ at: ['spec', 'podSelector'], params: { selector: formatLabelSelector(selector) } }];
  }),
};

import { arrayAt, booleanAt, valueAt } from '../../base/json.ts';
import {
  formatLabelSelector,
  isEmptySelector,
  labelSelectorFromMap,
  selectsObject,
} from '../../apimachinery/label-selector.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A ServiceMonitor of the Prometheus operator that matches no Service. */
export const danglingServicemonitor: Lint = {
  id: 'dangling-servicemonitor',
  group: 'network',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'dangling-servicemonitor',
  find: perObject('ServiceMonitor', ['monitoring.coreos.com/v1'], ({ object }, context) => {
    const names = arrayAt(object, 'spec', 'namespaceSelector', 'matchNames');
    const any = booleanAt(object, 'spec', 'namespaceSelector', 'any') === true;
    const labels = labelSelectorFromMap(valueAt(object, 'spec', 'selector', 'matchLabels'));
    const isNamespaced = any || names.length > 0;
    const found =
      (!isEmptySelector(labels) || isNamespaced) &&
      context
        .objects('Service', 'v1')
        .some(
          (service) =>
            (!isNamespaced || any || names.includes(service.namespace)) && selectsObject(labels, service.object),
        );
    return found ? NO_SPOTS : [{ at: ['spec', 'selector'], params: { selector: formatLabelSelector(labels) } }];
  }),
};

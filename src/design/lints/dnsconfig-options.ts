import { asArray, stringAt, valueAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods without the resolver option `ndots:2`. */
export const dnsconfigOptions: Lint = {
  id: 'dnsconfig-options',
  group: 'network',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'dnsconfig-options',
  find: perPod(({ spec }) => {
    const options = valueAt(spec, 'dnsConfig', 'options');
    const isSet = asArray(options).some(
      (option) => stringAt(option, 'name') === 'ndots' && stringAt(option, 'value') === '2',
    );
    return isSet ? NO_SPOTS : [{ at: ['dnsConfig', 'options'] }];
  }),
};

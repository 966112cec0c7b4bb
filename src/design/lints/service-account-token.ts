import { booleanAt } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { serviceAccountOf } from './service-account.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that get a token of the default ServiceAccount which they have no use for. */
export const serviceAccountToken: Lint = {
  id: 'service-account-token',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: (context) => {
    const without = new Set(
      context
        .objects('ServiceAccount', 'v1')
        .filter(({ object }) => nameOf(object) === 'default' && booleanAt(object, FIELD) === false)
        .map(({ namespace }) => namespace),
    );
    return perPod(({ spec, record }) => {
      const name = serviceAccountOf(spec);
      const isSaid = booleanAt(spec, FIELD) !== undefined || without.has(record.namespace);
      return isSaid || (name !== '' && name !== 'default') ? NO_SPOTS : [{ at: [FIELD] }];
    })(context);
  },
  fix: setTo(false),
};

const FIELD = 'automountServiceAccountToken';

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
  find: perPod(({ spec, record }, context) => {
    const name = serviceAccountOf(spec);
    if (booleanAt(spec, FIELD) !== undefined || (name !== '' && name !== 'default')) return NO_SPOTS;
    const isSaid = context
      .objectsIn(record.namespace, 'ServiceAccount', 'v1')
      .some(({ object }) => nameOf(object) === 'default' && booleanAt(object, FIELD) === false);
    return isSaid ? NO_SPOTS : [{ at: [FIELD] }];
  }),
  fix: setTo(false),
};

const FIELD = 'automountServiceAccountToken';

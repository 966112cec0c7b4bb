import { booleanAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { serviceAccountOf } from './service-account.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that run as the default ServiceAccount and get its token. */
export const defaultServiceAccount: Lint = {
  id: 'default-service-account',
  group: 'security',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'default-service-account',
  find: perPod(({ spec }) => {
    if (booleanAt(spec, 'automountServiceAccountToken') === false) return NO_SPOTS;
    const name = serviceAccountOf(spec);
    return name === '' || name === 'default' ? [{ at: ['serviceAccountName'] }] : NO_SPOTS;
  }),
};

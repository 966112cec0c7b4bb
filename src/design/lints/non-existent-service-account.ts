import { nameAt } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { serviceAccountOf } from './service-account.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods of a ServiceAccount that is not here; the check of missing references says it too. */
export const nonExistentServiceAccount: Lint = {
  id: 'non-existent-service-account',
  group: 'access',
  severity: 'warning',
  defaultOn: false,
  kubeLinter: 'non-existent-service-account',
  find: (context) => {
    const accounts = new Set(
      context.objects('ServiceAccount', 'v1').map(({ namespace, object }) => `${namespace}/${nameOf(object)}`),
    );
    return perPod(({ spec, record }) => {
      const name = serviceAccountOf(spec);
      const isHere = name === '' || name === 'default' || accounts.has(`${record.namespace}/${name}`);
      const field = nameAt(spec, 'serviceAccountName') === undefined ? 'serviceAccount' : 'serviceAccountName';
      return isHere ? NO_SPOTS : [{ at: [field], params: { name } }];
    })(context);
  },
};

import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Environment variables taken from Secrets. */
export const readSecretFromEnvVar: Lint = {
  id: 'read-secret-from-env-var',
  group: 'security',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'read-secret-from-env-var',
  find: perContainer(({ container }) =>
    arrayAt(container, 'env').flatMap((variable, index) =>
      objectAt(variable, 'valueFrom', 'secretKeyRef')
        ? [{ at: ['env', index, 'valueFrom', 'secretKeyRef'], params: { name: stringAt(variable, 'name') ?? '' } }]
        : [],
    ),
  ),
};

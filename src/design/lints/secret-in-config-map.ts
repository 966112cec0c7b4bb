import { objectAt } from '../../base/json.ts';
import { isCredential } from './credential.ts';
import type { Lint } from './lint.ts';
import { perObject } from './spots.ts';

/** ConfigMaps with an entry that is named as a secret. */
export const secretInConfigMap: Lint = {
  id: 'secret-in-config-map',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  find: perObject('ConfigMap', ['v1'], ({ object }) =>
    Object.entries(objectAt(object, 'data') ?? {}).flatMap(([key, value]) =>
      typeof value === 'string' && (isCredential(key, value) || value.includes('PRIVATE KEY-----'))
        ? [{ at: ['data', key], params: { key } }]
        : [],
    ),
  ),
};

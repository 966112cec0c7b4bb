import { arrayAt, stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** An environment variable named a secret whose value is written in the manifest. */
export const envVarSecret: Lint = {
  id: 'env-var-secret',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'env-var-secret',
  find: perContainer(({ container }) =>
    arrayAt(container, 'env').flatMap((variable, index) => {
      const [name, value] = [stringAt(variable, 'name') ?? '', stringAt(variable, 'value') ?? ''];
      return /secret/i.test(name) && /./.test(value) ? [{ at: ['env', index, 'value'], params: { name } }] : [];
    }),
  ),
};

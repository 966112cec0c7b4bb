import { arrayAt, stringAt } from '../../base/json.ts';
import { isCredential } from './credential.ts';
import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';

/** Environment variables with a password or token written in the manifest. */
export const envVarCredential: Lint = {
  id: 'env-var-credential',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  find: perContainer(({ container }) =>
    arrayAt(container, 'env').flatMap((variable, index) => {
      const [name, value] = [stringAt(variable, 'name') ?? '', stringAt(variable, 'value') ?? ''];
      // Those named a secret are found under the name of kube-linter.
      return isCredential(name, value) && !/secret/i.test(name)
        ? [{ at: ['env', index, 'value'], params: { name } }]
        : [];
    }),
  ),
};

import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';
import { variables } from './templates/containers.ts';

/** An environment variable named a secret whose value is written in the manifest. */
export const envVarSecret: Lint = {
  id: 'env-var-secret',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'env-var-secret',
  find: perContainer(({ container }) =>
    variables(
      container,
      (name) => /secret/i.test(name),
      (value) => /./.test(value),
    ),
  ),
};

import { arrayAt, stringAt } from '../../base/json.ts';
import { perBinding } from './access.ts';
import type { Lint } from './lint.ts';

/** Bindings to a default ServiceAccount. */
export const bindingToDefaultAccount: Lint = {
  id: 'binding-to-default-account',
  group: 'access',
  severity: 'info',
  defaultOn: true,
  find: perBinding(({ object }) =>
    arrayAt(object, 'subjects').flatMap((subject, index) =>
      stringAt(subject, 'kind') === 'ServiceAccount' && stringAt(subject, 'name') === 'default'
        ? [{ at: ['subjects', index, 'name'] }]
        : [],
    ),
  ),
};

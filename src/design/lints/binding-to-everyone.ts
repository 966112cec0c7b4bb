import { arrayAt, stringAt } from '../../base/json.ts';
import { perBinding } from './access.ts';
import type { Lint } from './lint.ts';

/** Bindings to everybody, known or unknown. */
export const bindingToEveryone: Lint = {
  id: 'binding-to-everyone',
  group: 'access',
  severity: 'warning',
  defaultOn: true,
  find: perBinding(({ object }) =>
    arrayAt(object, 'subjects').flatMap((subject, index) => {
      const name = stringAt(subject, 'name') ?? '';
      return EVERYBODY.has(name) ? [{ at: ['subjects', index, 'name'], params: { name } }] : [];
    }),
  ),
};

const EVERYBODY: ReadonlySet<string> = new Set([
  'system:anonymous',
  'system:authenticated',
  'system:serviceaccounts',
  'system:unauthenticated',
]);

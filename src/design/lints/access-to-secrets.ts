import { accessBy } from './access.ts';
import type { Lint } from './lint.ts';

/** A binding to a role that may read or change Secrets. */
export const accessToSecrets: Lint = {
  id: 'access-to-secrets',
  group: 'access',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'access-to-secrets',
  find: accessBy(
    (resource) => RESOURCES.includes(resource),
    (verb) => VERBS.includes(verb),
  ),
};

const RESOURCES = ['secrets'];
const VERBS = ['get', 'list', 'delete', 'create', 'watch', ''];

import { arrayAt, asString } from '../../base/json.ts';
import { perRule } from './access.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS } from './spots.ts';

/** Roles that may give themselves or others more rights. */
export const roleCanEscalate: Lint = {
  id: 'role-can-escalate',
  group: 'access',
  severity: 'warning',
  defaultOn: true,
  find: perRule(({ rule, at }) => {
    const verbs = arrayAt(rule, 'verbs').flatMap((verb) => asString(verb) ?? []);
    const verb = verbs.find((name) => ['bind', 'escalate', 'impersonate'].includes(name));
    return verb === undefined ? NO_SPOTS : [{ at, params: { verb } }];
  }),
};

import { arrayAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perObject } from './spots.ts';

/** A rule that names every resource or every verb. */
export const wildcardInRules: Lint = {
  id: 'wildcard-in-rules',
  group: 'access',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'wildcard-in-rules',
  find: (context) => [...wildcards('Role')(context), ...wildcards('ClusterRole')(context)],
};

function wildcards(kind: string): Lint['find'] {
  return perObject(kind, ['rbac.authorization.k8s.io/v1'], ({ object }) =>
    arrayAt(object, 'rules').flatMap((rule, index) =>
      ['resources', 'verbs'].flatMap((what) =>
        arrayAt(rule, what).flatMap((item, place) =>
          item === '*' ? [{ at: ['rules', index, what, place], params: { what } }] : [],
        ),
      ),
    ),
  );
}

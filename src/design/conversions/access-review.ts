import { valueAt } from '../../base/json.ts';
import { withoutValue, withValue } from './change-object.ts';
import type { Conversion } from './conversion.ts';

const GROUP = 'authorization.k8s.io';

/** Reviews of v1beta1 spell the groups of a user `group`. Source: staging/src/k8s.io/api/authorization/v1beta1/types.go, 1.36. */
export const accessReviews: readonly Conversion[] = ['SubjectAccessReview', 'LocalSubjectAccessReview'].map((kind) => ({
  from: [{ group: GROUP, version: 'v1beta1', kind }],
  to: { group: GROUP, version: 'v1', kind },
  convert(object) {
    const groups = valueAt(object, 'spec', 'group');
    if (groups === undefined) return { object };
    return {
      object: withValue(withoutValue(object, ['spec', 'group']), ['spec', 'groups'], groups),
      renames: [{ path: ['spec', 'group'], key: 'groups' }],
    };
  },
}));

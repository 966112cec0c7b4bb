import { booleanAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, namesOf } from './check.ts';

/** No container has the run of the node. Source: policy/check_privileged.go, 1.36. */
export const privileged: PodSecurityCheck = {
  id: 'privileged',
  level: 'baseline',
  versions: [{ since: 0, check }],
};

function check({ containers }: CheckedPod): Violation | undefined {
  const bad = containers.filter(({ securityContext }) => booleanAt(securityContext, 'privileged') === true);
  if (bad.length === 0) return undefined;
  return {
    reason: 'privileged',
    detail: `${namesOf(bad)} must not set securityContext.privileged=true`,
    fields: fieldsOf(false, bad, 'privileged'),
  };
}

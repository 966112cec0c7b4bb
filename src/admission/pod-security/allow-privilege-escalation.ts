import { booleanAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, namesOf, unlessWindows } from './check.ts';

/** No container may gain more privileges than its parent. Source: policy/check_allowPrivilegeEscalation.go, 1.36. */
export const allowPrivilegeEscalation: PodSecurityCheck = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: 8, check },
    { since: 25, check: unlessWindows(check) },
  ],
};

function check({ containers }: CheckedPod): Violation | undefined {
  const bad = containers.filter(
    ({ securityContext }) => booleanAt(securityContext, 'allowPrivilegeEscalation') !== false,
  );
  if (bad.length === 0) return undefined;
  const fields = fieldsOf(false, bad, 'allowPrivilegeEscalation');
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${namesOf(bad)} must set securityContext.allowPrivilegeEscalation=false`,
    fields,
    edits: fields.map((path) => ({ op: 'set', path, value: false })),
  };
}

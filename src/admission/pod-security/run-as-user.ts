import { numberAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, settersOf, unlessUserNamespace } from './check.ts';

/** Nobody asks for user 0. Source: policy/check_runAsUser.go, 1.36. */
export const runAsUser: PodSecurityCheck = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: 23, check },
    { since: 35, check: unlessUserNamespace(check) },
  ],
};

function check({ securityContext, containers }: CheckedPod): Violation | undefined {
  const isPod = numberAt(securityContext, 'runAsUser') === 0;
  const bad = containers.filter((container) => numberAt(container.securityContext, 'runAsUser') === 0);
  if (!isPod && bad.length === 0) return undefined;
  return {
    reason: 'runAsUser=0',
    detail: `${settersOf(isPod, bad)} must not set runAsUser=0`,
    fields: fieldsOf(isPod, bad, 'runAsUser'),
  };
}

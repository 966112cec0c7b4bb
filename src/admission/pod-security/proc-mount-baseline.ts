import { stringAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, namesOf, quoted, sorted, unlessUserNamespace } from './check.ts';

export const PROC_MOUNT = 'procMount';

/** What a runtime masks of /proc stays masked. Source: policy/check_procMount_baseline.go, 1.36. */
export const procMountBaseline: PodSecurityCheck = {
  id: PROC_MOUNT,
  level: 'baseline',
  versions: [
    { since: 0, check: checkProcMount },
    { since: 35, check: unlessUserNamespace(checkProcMount) },
  ],
};

export function checkProcMount({ containers }: CheckedPod): Violation | undefined {
  const forbidden = new Set<string>();
  const bad = containers.filter(({ securityContext }) => {
    const procMount = stringAt(securityContext, 'procMount');
    if (procMount === undefined || procMount === 'Default') return false;
    forbidden.add(procMount);
    return true;
  });
  if (bad.length === 0) return undefined;
  return {
    reason: 'procMount',
    detail: `${namesOf(bad)} must not set securityContext.procMount to ${quoted(sorted(forbidden))}`,
    fields: fieldsOf(false, bad, 'procMount'),
  };
}

import { arrayAt } from '../../base/json.ts';
import type { CheckedContainer, CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, namesOf, quoted, sorted } from './check.ts';

export const CAPABILITIES_BASELINE = 'capabilities_baseline';

/** No capabilities beyond those that a container runtime gives. Source: policy/check_capabilities_baseline.go, 1.36. */
export const capabilitiesBaseline: PodSecurityCheck = {
  id: CAPABILITIES_BASELINE,
  level: 'baseline',
  versions: [{ since: 0, check }],
};

const ALLOWED: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

function check({ containers }: CheckedPod): Violation | undefined {
  return addedCapabilities(containers, ALLOWED, 'non-default capabilities');
}

/** The containers that add a capability outside a set. */
export function addedCapabilities(
  containers: readonly CheckedContainer[],
  allowed: ReadonlySet<string>,
  reason: string,
): Violation | undefined {
  const forbidden = new Set<string>();
  const bad = containers.filter(({ securityContext }) => {
    const added = arrayAt(securityContext, 'capabilities', 'add').map(String);
    const wrong = added.filter((capability) => !allowed.has(capability));
    for (const capability of wrong) forbidden.add(capability);
    return wrong.length > 0;
  });
  if (bad.length === 0) return undefined;
  return {
    reason,
    detail: `${namesOf(bad)} must not include ${quoted(sorted(forbidden))} in securityContext.capabilities.add`,
    fields: fieldsOf(false, bad, 'capabilities', 'add'),
  };
}

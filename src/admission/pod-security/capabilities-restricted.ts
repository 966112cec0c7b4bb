import { arrayAt } from '../../base/json.ts';
import { addedCapabilities, CAPABILITIES_BASELINE } from './capabilities-baseline.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { fieldsOf, namesOf, unlessWindows } from './check.ts';

/** All capabilities are dropped, and one alone may come back. Source: policy/check_capabilities_restricted.go, 1.36. */
export const capabilitiesRestricted: PodSecurityCheck = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { since: 22, check, overrides: [CAPABILITIES_BASELINE] },
    { since: 25, check: unlessWindows(check), overrides: [CAPABILITIES_BASELINE] },
  ],
};

const ALLOWED: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

function check({ containers }: CheckedPod): Violation | undefined {
  const reason = 'unrestricted capabilities';
  const keeping = containers.filter(
    ({ securityContext }) => !arrayAt(securityContext, 'capabilities', 'drop').includes('ALL'),
  );
  const adding = addedCapabilities(containers, ALLOWED, reason);
  if (keeping.length === 0) return adding;
  const fields = fieldsOf(false, keeping, 'capabilities', 'drop');
  const dropping = `${namesOf(keeping)} must set securityContext.capabilities.drop=["ALL"]`;
  if (adding !== undefined) {
    return { reason, detail: `${dropping}; ${adding.detail}`, fields: [...fields, ...adding.fields] };
  }
  return { reason, detail: dropping, fields, edits: fields.map((path) => ({ op: 'set', path, value: ['ALL'] })) };
}

import { booleanAt } from '../../base/json.ts';
import { onLinux, setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { isPrivileged } from './privileged.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers that do not say that their processes may not gain rights. */
export const privilegeEscalationUnset: Lint = {
  id: 'privilege-escalation-unset',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }) =>
    isPrivileged(container) || booleanAt(container, ...FIELD) !== undefined ? NO_SPOTS : [{ at: FIELD }],
  ),
  fix: onLinux(setTo(false)),
};

const FIELD = ['securityContext', 'allowPrivilegeEscalation'];

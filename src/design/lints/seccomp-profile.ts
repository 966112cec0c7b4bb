import { nameAt } from '../../base/json.ts';
import { onLinux, setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { isPrivileged } from './privileged.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers without a filter of system calls. */
export const seccompProfile: Lint = {
  id: 'seccomp-profile',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }, { spec }) => {
    const type = nameAt(container, ...FIELD, 'type') ?? nameAt(spec, ...FIELD, 'type');
    const isFree = type === undefined || type === 'Unconfined';
    return isFree && !isPrivileged(container) ? [{ at: FIELD }] : NO_SPOTS;
  }),
  fix: onLinux(setTo({ type: 'RuntimeDefault' })),
};

const FIELD = ['securityContext', 'seccompProfile'];

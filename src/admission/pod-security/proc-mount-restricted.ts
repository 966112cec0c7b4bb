import type { PodSecurityCheck } from './check.ts';
import { checkProcMount, PROC_MOUNT } from './proc-mount-baseline.ts';

/**
 * What v1.35 lets pass at the baseline for Pods in a user namespace stays forbidden here.
 * Source: policy/check_procMount_restricted.go, 1.36.
 */
export const procMountRestricted: PodSecurityCheck = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ since: 35, check: checkProcMount, overrides: [PROC_MOUNT] }],
};

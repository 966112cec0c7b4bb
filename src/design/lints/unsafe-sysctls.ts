import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';
import { sysctlsOf } from './templates/pods.ts';

/** Kernel parameters that concern more than the Pod. */
export const unsafeSysctls: Lint = {
  id: 'unsafe-sysctls',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'unsafe-sysctls',
  find: perPod(({ spec }) => sysctlsOf(spec, UNSAFE)),
};

const UNSAFE = ['kernel.msg', 'kernel.sem', 'kernel.shm', 'fs.mqueue.', 'net.'];

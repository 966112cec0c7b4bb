import { arrayAt, stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';

/** Kernel parameters that concern more than the Pod. */
export const unsafeSysctls: Lint = {
  id: 'unsafe-sysctls',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'unsafe-sysctls',
  find: perPod(({ spec }) =>
    arrayAt(spec, 'securityContext', 'sysctls').flatMap((entry, index) => {
      const name = stringAt(entry, 'name') ?? '';
      return UNSAFE.filter((prefix) => name.startsWith(prefix)).map(() => ({
        at: ['securityContext', 'sysctls', index, 'name'],
        params: { name },
      }));
    }),
  ),
};

const UNSAFE = ['kernel.msg', 'kernel.sem', 'kernel.shm', 'fs.mqueue.', 'net.'];

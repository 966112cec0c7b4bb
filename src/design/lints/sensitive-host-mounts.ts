import { hostMounts } from './host-mounts.ts';
import type { Lint } from './lint.ts';

/** Containers that mount a system directory of the node. */
export const sensitiveHostMounts: Lint = {
  id: 'sensitive-host-mounts',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'sensitive-host-mounts',
  find: hostMounts([/^\/$/, /^\/boot$/, /^\/dev$/, /^\/etc$/, /^\/lib$/, /^\/proc$/, /^\/sys$/, /^\/usr$/]),
};

import { hostMounts } from './host-mounts.ts';
import type { Lint } from './lint.ts';

/** Containers that mount the socket of the container runtime. */
export const dockerSock: Lint = {
  id: 'docker-sock',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'docker-sock',
  find: hostMounts([/docker.sock$/]),
};

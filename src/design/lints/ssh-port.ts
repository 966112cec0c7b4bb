import type { Lint } from './lint.ts';
import { perContainer } from './spots.ts';
import { portsOf } from './templates/containers.ts';

/** Containers that listen on port 22. */
export const sshPort: Lint = {
  id: 'ssh-port',
  group: 'security',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'ssh-port',
  find: perContainer(({ container }) => portsOf(container, 22, (protocol) => protocol.includes('TCP'))),
};
